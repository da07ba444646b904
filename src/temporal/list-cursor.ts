import { createHash } from 'node:crypto';
import { UnknownCursor } from '../claims/unknown-cursor';

/** Where a list of claims goes on: open runs first (at a page token of Temporal), then completed claims (at a cursor of the store). */
export type ListPosition = { list: 'open'; token: Uint8Array } | { list: 'completed'; cursor: string | null };

const OPEN = 'o';
const COMPLETED = 'c';

/** The position as text for the caller. A page token carries a checksum: Temporal would try for long with a garbled one instead of refusing it. */
export function writePosition(position: ListPosition): string {
  if (position.list === 'completed') return `${COMPLETED}.${position.cursor ?? ''}`;
  return `${OPEN}.${Buffer.from(position.token).toString('base64url')}.${checksum(position.token)}`;
}

/** @throws UnknownCursor for a text that `writePosition` did not make. */
export function readPosition(cursor: string): ListPosition {
  const [list, place = '', check, ...rest] = cursor.split('.');
  if (list === COMPLETED && check === undefined) return { list: 'completed', cursor: place === '' ? null : place };
  const token = Buffer.from(place, 'base64url');
  if (list !== OPEN || rest.length > 0 || token.length === 0 || check !== checksum(token)) throw new UnknownCursor();
  return { list: 'open', token };
}

function checksum(token: Uint8Array): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}
