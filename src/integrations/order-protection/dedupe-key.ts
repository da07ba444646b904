import { fingerprint } from '../fingerprint';

/**
 * The same for a delivery that is sent again: over topic, event id and canonical body. The topic is part of it because Order
 * Protection's published samples use one id for all topics; the developer-app dialect has no id at all.
 */
export function dedupeKey(topic: string | null, eventId: unknown, body: unknown): string {
  return fingerprint([topic, eventId ?? null, body ?? null]);
}
