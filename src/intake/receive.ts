import { type NewDelivery } from '../store/deliveries';
import { type Store } from '../store/store';
import { isJsonType, readJson, type JsonBody } from './json-body';
import { type Webhook } from '../integrations/webhook';
import { isAllowedSource } from './source-address';
import { readWebhook, WEBHOOK_SOURCES, type WebhookSourceName } from './webhook-sources';

/** A webhook at the door. `body` reads all of it, and throws when it is too large. */
export interface Arrival {
  source: WebhookSourceName;
  brand: string;
  header: Webhook['header'];
  body(): Promise<Buffer>;
  /** `null` when it is not known. */
  remoteAddress: string | null;
}

/** What became of it: stored (and only then), or refused for the first reason that was found. */
export type Receipt =
  | { stored: true; deliveryId: string; status: 'accepted' | 'duplicate' | 'ignored' | 'quarantined' }
  | { stored: false; refusal: 'unknownBrand' | 'foreignAddress' | 'notJsonType' | 'notAuthentic' | 'notJson' };

/** Throws what `body` throws, and what the database throws when it does not take the webhook. */
export type Receive = (arrival: Arrival) => Promise<Receipt>;

interface Parts {
  store: { brands: Pick<Store['brands'], 'get'>; deliveries: Pick<Store['deliveries'], 'record'> };
  now: () => Date;
}

/**
 * The door for webhooks. Its checks have a fixed order that senders rely on: brand, the sender's address, size, content type,
 * secret or signature, JSON. What passes them is stored, readable or not, before it is answered; Temporal is not in the way.
 */
export function createReceive({ store, now }: Parts): Receive {
  return async (arrival) => {
    const { source, brand, header } = arrival;
    const config = await store.brands.get(brand);
    const door = config === null ? null : WEBHOOK_SOURCES[source].doorOf(config);
    if (door === null) return { stored: false, refusal: 'unknownBrand' };
    if (!isAllowedSource(door.sourceAddresses, arrival.remoteAddress))
      return { stored: false, refusal: 'foreignAddress' };
    const body = await arrival.body();
    const receivedAt = now();
    if (!isJsonType(header('content-type'))) return { stored: false, refusal: 'notJsonType' };
    if (!door.isAuthentic({ header, body, receivedAt })) return { stored: false, refusal: 'notAuthentic' };
    const json = readJson(body);
    if (json === null) return { stored: false, refusal: 'notJson' };
    if (door.isForeign(json.value)) return { stored: false, refusal: 'notAuthentic' };
    const delivery = deliveryOf(arrival, json, receivedAt.toISOString());
    const { deliveryId, duplicate } = await store.deliveries.record(delivery);
    return { stored: true, deliveryId, status: duplicate ? 'duplicate' : STATUS_SHOWN[delivery.status] };
  };
}

const STATUS_SHOWN = { pending: 'accepted', ignored: 'ignored', quarantined: 'quarantined' } as const;

/** The body is kept as it came: it is read again when it is signalled, and after a replay perhaps by a better reader. */
function deliveryOf({ source, brand }: Arrival, json: JsonBody, receivedAt: string): NewDelivery {
  const reading = readWebhook(source, json, receivedAt);
  const { dedupeKey, topic } = reading;
  const kept = { brand, source, topic: topic ?? 'unknown', dedupeKey, body: json.text };
  if (reading.kind === 'unusable') return { ...kept, claimId: null, status: 'quarantined', error: reading.reason };
  if (reading.kind === 'ignored') return { ...kept, claimId: null, status: 'ignored', error: null };
  return { ...kept, claimId: reading.kind === 'claimEvent' ? reading.claimId : null, status: 'pending', error: null };
}
