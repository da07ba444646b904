import { z } from 'zod';

// No database takes U+0000, and no id or name has control characters.

/** One line of text: an id, a name. */
export const line = (limit: number) =>
  z
    .string()
    .min(1)
    .max(limit)
    .regex(/^\P{Cc}*$/u, 'must have no control characters')
    .refine((text) => text.trim() !== '', 'must not be blank');

/** What a person wrote, over several lines perhaps. */
export const prose = (limit: number) =>
  z
    .string()
    .min(1)
    .max(limit)
    .regex(/^(?:\P{Cc}|[\t\n\r])*$/u, 'must have no control characters')
    .refine((text) => text.trim() !== '', 'must not be blank');

/** An amount in major units, as decimal text. */
export const decimal = z
  .string('must be a decimal string such as "28.62"')
  .regex(/^\d{1,15}(?:\.\d{1,10})?$/, 'must be a decimal string such as "28.62"');

export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency by ISO 4217 such as "USD"');

/** A `nextCursor` as it was given. */
export const cursor = z.string().min(1).max(4_096).meta({ description: 'nextCursor of the page before' });
