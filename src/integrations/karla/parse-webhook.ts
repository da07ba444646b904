import { isClaimId, readClaimEvent, type EventReading } from '../../claims/event';
import { cut, time } from '../../claims/reading';
import { fingerprint } from '../fingerprint';
import { type WebhookReading } from '../webhook';
import { fields, isObject, type Fields } from '../wire';
import { claimFrom, isClaimRef } from './claim';
import { contextFrom } from './context';

const REF_LIMIT = 100;

/**
 * Reads an event of Karla. Never throws: a part that cannot be read is left out and named in `unreadable`, and what cannot be used
 * at all says why in plain words. A ref outside `claims` is known and not used.
 */
export function parseWebhook(value: unknown, receivedAt: string): WebhookReading {
  const envelope = fields(value);
  const topic = refIn(envelope);
  if (topic === null) return { kind: 'unusable', topic, dedupeKey: fingerprint([value]), reason: 'there is no ref' };
  if (!isClaimRef(topic)) {
    const dedupeKey = fingerprint([topic, value]);
    const isOfClaims = topic.split('/')[0] === 'claims';
    return isOfClaims
      ? { kind: 'unusable', topic, dedupeKey, reason: `the ref "${topic}" is not known` }
      : { kind: 'ignored', topic, dedupeKey };
  }
  const said = fields(envelope.eventData);
  const dedupeKey = keyOf(topic, envelope, said);
  if (!isObject(envelope.eventData))
    return { kind: 'unusable', topic, dedupeKey: fingerprint([topic, value]), reason: 'event_data is no object' };
  const unreadable: string[] = [];
  const occurredAt = timeOf(envelope, said, receivedAt, unreadable);
  const reading = readClaim(topic, envelope, said, { eventKey: dedupeKey, occurredAt });
  if (!reading.ok) return { kind: 'unusable', topic, dedupeKey, reason: reading.reason };
  const { event } = reading;
  return {
    kind: 'claimEvent',
    topic,
    dedupeKey,
    claimId: event.claim.id,
    event,
    unreadable: [...unreadable, ...reading.unreadable],
  };
}

function readClaim(
  ref: string,
  { context }: Fields,
  said: Fields,
  event: { eventKey: string; occurredAt: string },
): EventReading {
  if (said.claimId === undefined) return { ok: false, reason: 'there is no claim id' };
  if (!isClaimId(said.claimId)) return { ok: false, reason: 'the claim id is no printable text of 1 to 180 bytes' };
  return readClaimEvent({ ...event, source: 'karla', ...claimFrom(ref, said), ...contextFrom(context) });
}

/** Karla names no event and signs a repeat anew: what it says of the claim is the event (`context` and `triggered_at` may differ in a repeat). */
function keyOf(ref: string, { shopId }: Fields, { claimId, updatedAt, ...said }: Fields): string {
  return fingerprint([shopId ?? null, ref, claimId ?? null, updatedAt ?? null, said]);
}

/** The version of the claim orders its events; when the event was fired does not, because an old one may be fired again. */
function timeOf({ triggeredAt }: Fields, { updatedAt }: Fields, receivedAt: string, unreadable: string[]): string {
  const stated = time(updatedAt, 'event_data.updated_at', unreadable) ?? time(triggeredAt, 'triggered_at', unreadable);
  const received = new Date(receivedAt).toISOString();
  return stated === undefined || stated > received ? received : stated;
}

function refIn({ ref }: Fields): string | null {
  if (typeof ref !== 'string') return null;
  const word = ref
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
    .toLowerCase();
  return word === '' ? null : cut(word, REF_LIMIT);
}
