import { type NewDelivery } from '../store/deliveries';
import { type Store } from '../store/store';
import { isJsonType, readJson, type JsonBody } from './json-body';
import { WEBHOOK_SOURCES, type Header, type WebhookSourceName } from './webhook-sources';

/** A webhook at the door. `body` reads all of it, and throws when it is too large. */
export interface Arrival {
  source: WebhookSourceName;
  brand: string;
  header: Header;
  body(): Promise<Buffer>;
}

/** What became of it: stored (and only then), or refused for the first reason that was found. */
export type Receipt =
  | { stored: true; deliveryId: string; status: 'accepted' | 'duplicate' | 'quarantined' }
  | { stored: false; refusal: 'unknownBrand' | 'notJsonType' | 'wrongSecret' | 'notJson' };

/** Throws what `body` throws, and what the database throws when it does not take the webhook. */
export type Receive = (arrival: Arrival) => Promise<Receipt>;

interface Parts {
  store: { brands: Pick<Store['brands'], 'get'>; deliveries: Pick<Store['deliveries'], 'record'> };
  now: () => Date;
}

/**
 * The door for webhooks. Its checks have a fixed order that senders rely on: brand, size, content type, secret, JSON. What
 * passes them is stored, readable or not, before it is answered; Temporal is not in the way.
 */
export function createReceive({ store, now }: Parts): Receive {
  return async (arrival) => {
    const config = await store.brands.get(arrival.brand);
    const authentic = config === null ? null : WEBHOOK_SOURCES[arrival.source].isAuthentic(config, arrival.header);
    if (authentic === null) return { stored: false, refusal: 'unknownBrand' };
    const body = await arrival.body();
    if (!isJsonType(arrival.header('content-type'))) return { stored: false, refusal: 'notJsonType' };
    if (!authentic) return { stored: false, refusal: 'wrongSecret' };
    const json = readJson(body);
    if (json === null) return { stored: false, refusal: 'notJson' };
    const delivery = deliveryOf(arrival, json, now().toISOString());
    const { deliveryId, duplicate } = await store.deliveries.record(delivery);
    return {
      stored: true,
      deliveryId,
      status: duplicate ? 'duplicate' : delivery.error === null ? 'accepted' : 'quarantined',
    };
  };
}

/** The body is kept as it came: it is read again when it is signalled, and after a replay perhaps by a better reader. */
function deliveryOf({ source, brand }: Arrival, { text, value }: JsonBody, receivedAt: string): NewDelivery {
  const reading = WEBHOOK_SOURCES[source].read(value, receivedAt);
  const { dedupeKey, topic } = reading;
  const kept = { brand, source, topic: topic ?? 'unknown', dedupeKey, body: text };
  if (reading.kind === 'unusable') return { ...kept, claimId: null, status: 'quarantined', error: reading.reason };
  return { ...kept, claimId: reading.kind === 'claimEvent' ? reading.claimId : null, status: 'pending', error: null };
}
