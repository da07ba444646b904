import { createHash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';

/** Deeper than any payload that means something, and far from what would exhaust the stack. */
const canonical = configure({ maximumDepth: 500 });

/**
 * The same for a delivery that is sent again: sha256 (hex) over topic, event id and canonical body. The topic is part of it
 * because Order Protection's published samples use one id for all topics; the developer-app dialect has no id at all.
 */
export function dedupeKey(topic: string | null, eventId: unknown, body: unknown): string {
  const text = canonical([topic, eventId ?? null, body ?? null]);
  return createHash('sha256').update(text).digest('hex');
}
