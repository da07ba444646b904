import { type z } from 'zod';
import { UnknownCursor } from '../claims/unknown-cursor';

/** A page of a list; `nextCursor` is `null` on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export const PAGE_SIZE = 50;

/** Makes a page of up to `PAGE_SIZE + 1` rows; `keyOf` gives what the list is ordered by. */
export function pageOf<T>(rows: T[], keyOf: (row: T) => (string | number)[]): Page<T> {
  const items = rows.slice(0, PAGE_SIZE);
  const last = items.at(-1);
  const more = rows.length > PAGE_SIZE && last !== undefined;
  return { items, nextCursor: more ? Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') : null };
}

/** What `pageOf` put into a cursor. @throws UnknownCursor */
export function readCursor<T>(cursor: string, key: z.ZodType<T>): T {
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new UnknownCursor();
  }
}
