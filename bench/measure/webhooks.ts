import { randomUUID } from 'node:crypto';
import { signature } from '../../sandbox/karla/webhooks';
import { type Brand } from '../site/brand';
import { type Call } from './http';

/** A webhook of Order Protection as docs/sources.md describes it. */
export function webhookBody(topic: 'claim.created' | 'message.created', claimId: string): string {
  const about = { claim_id: claimId, order_id: 'order-1', source_order_id: 'BR-20417' };
  const words = 'The box came empty, and the parcel was open at one side.';
  const filed = { created_at: '2026-03-02T09:14:07Z', claim_description: words, claim_type: 'MISSING_ITEM' };
  const item = { product_id: 'p-771', variant_id: 'v-771-blu', sku: 'KTL-BLU', item_id: 'li-9001' };
  const items = [{ ...item, item_name: 'Kettle, blue', quantity: 1 }];
  const said = topic === 'message.created' ? { message: words } : { ...filed, claim_state: 'NEW', items };
  // Its id is what makes it another event than the last one.
  return JSON.stringify({ id: randomUUID(), topic, created_at: '2026-03-02T09:14:07Z', body: { ...about, ...said } });
}

/** A webhook of a claim that nobody has heard of, on its way to a brand's door. */
export function newWebhook({ addresses }: Brand): Call {
  return {
    method: 'POST',
    url: `${addresses.api}/webhooks/order-protection/${addresses.brand}`,
    headers: { 'content-type': 'application/json', 'x-webhook-secret': addresses.webhookSecret },
    body: webhookBody('claim.created', randomUUID()),
  };
}

/** A webhook that is stored and used for no claim: a shipment of Karla. What it costs, it costs at the door. */
export function shipmentWebhook({ accounts, addresses, secrets }: Brand): Call {
  const shipment = {
    ref: 'shipments/in_transit/departed',
    version: 1,
    shop_id: accounts.shop.id,
    shop_slug: accounts.shop.slug,
    event_data: { tracking_number: randomUUID(), carrier: 'A carrier', status: 'The parcel has left the depot.' },
    context: { order: { order_number: '20417', products: [{ sku: 'KTL-BLU', title: 'Kettle, blue', quantity: 1 }] } },
  };
  const body = JSON.stringify(shipment);
  return {
    method: 'POST',
    url: `${addresses.api}/webhooks/karla/${accounts.brand}`,
    headers: {
      'content-type': 'application/json',
      'karla-signature': signature(secrets.karlaSecret, body, Date.now()),
    },
    body,
  };
}
