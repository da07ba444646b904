import type { Claim } from './state';
import { shopOf, timestamp, type World } from './world';

/** Karla writes times with a numeric offset and without milliseconds. */
const time = (iso: string): string => iso.replace(/\.\d+Z$/, '+00:00');

/** The body of `claims/created` or `claims/updated` (Karla, "Claim events"). */
export function claimEvent(world: World, what: 'created' | 'updated', claim: Claim): Record<string, unknown> {
  const { id, slug } = shopOf(world);
  const group = `claim_${what}`;
  return {
    source: 'claims',
    ref: `claims/${what}`,
    version: 1,
    triggered_at: time(timestamp(world)),
    event_group: group,
    event_data: {
      claim_id: claim.claimId,
      event_name: what,
      created_at: claim.createdAt,
      updated_at: claim.updatedAt,
      event_group: group,
      resolution_preference: claim.preference,
      reason: claim.reason,
      status: claim.status,
      description: claim.description,
      customer_signature_image_url: 'https://cdn.example.test/private/signature.png',
      selected_items: claim.items,
      image_urls: claim.images,
      optional_image_urls: [],
    },
    context: { order: order(claim), customer: customer(claim), shipments: [], claims: [] },
    shop_slug: slug,
    shop_id: id,
  };
}

function order({ order: { number, externalId }, customer: { email, name } }: Claim): Record<string, unknown> {
  return {
    order_number: number,
    order_name: `#${number}`,
    external_id: externalId,
    total_order_price: 123.456,
    products: [],
    email_id: email,
    address: {
      name,
      address_line_1: 'Gormanstr.',
      address_line_2: '19a',
      city: 'Berlin',
      country: 'Germany',
      country_code: 'DE',
      zip_code: '10119',
    },
    currency: 'EUR',
    order_status_url: `https://shop.example.test/orders/${number}/authenticate?key=secret`,
  };
}

const customer = ({ customer: { email, name } }: Claim): Record<string, unknown> => ({
  external_id: null,
  email,
  first_name: null,
  last_name: null,
  full_name: name,
  phone: null,
});
