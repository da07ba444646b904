import { createHash } from 'node:crypto';

/** Throws unless `bytes` have the SHA-256 given (hex). */
export function requireChecksum(what: string, bytes: Uint8Array, expected: string): void {
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== expected) {
    throw new Error(`${what} was refused: its SHA-256 is ${actual}, expected ${expected}`);
  }
}
