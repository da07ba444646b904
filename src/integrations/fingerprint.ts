import { createHash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';

/** Deeper than any payload that means something, and far from what would exhaust the stack. */
const canonical = configure({ maximumDepth: 500 });

/** SHA-256 (hex) of a list of JSON values, the same in whatever order their keys are written. */
export function fingerprint(values: unknown[]): string {
  return createHash('sha256').update(canonical(values)).digest('hex');
}
