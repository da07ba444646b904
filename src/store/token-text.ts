import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const SECRET_BYTES = 24;

/** The checksum lets secret scanners tell a token from text that only looks like one, and spares a look-up for one that was mistyped. */
const checksumOf = (secret: string): string => crc32(secret).toString(16).padStart(8, '0');

/** A new token: `ck_`, 192 random bits in hex, CRC-32 of that hex. */
export function newTokenText(): string {
  const secret = randomBytes(SECRET_BYTES).toString('hex');
  return `ck_${secret}${checksumOf(secret)}`;
}

/** Whether the text is a token by its form. */
export function isTokenText(text: string): boolean {
  const [, secret, checksum] = /^ck_([0-9a-f]{48})([0-9a-f]{8})$/.exec(text) ?? [];
  return secret !== undefined && checksum === checksumOf(secret);
}

/** What is kept of a token, in the database and in memory: it cannot be used as one. */
export function hashOfToken(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
