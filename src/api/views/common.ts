import { z } from 'zod';

/** A point in time. */
export const instant = z.iso.datetime().meta({ description: 'RFC 3339 UTC', example: '2026-03-02T09:14:07.000Z' });

/** All there is of a short list. */
export const listOf = <Item extends z.ZodType>(item: Item) => z.strictObject({ items: z.array(item) });

/** A page of a list. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  listOf(item).extend({
    nextCursor: z.string().nullable().meta({ description: 'Give it as cursor to get the next page; null on the last' }),
  });
