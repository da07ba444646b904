import { z } from 'zod';

/** What several Kustomer bodies share. Lengths are in code points, as JSON Schema counts them. */
export const text = (max: number, min = 0) =>
  z
    .string()
    .refine((value) => [...value].length >= min && [...value].length <= max, `must have ${min} to ${max} characters`);

export const Id = z.string().regex(/^[0-9a-f]{24}$/, 'is no id');
export const DateTime = z.iso.datetime({ offset: true });
export const Uri = z.string().refine((value) => URL.canParse(value), 'is no URI');

/** The alphabet of tags: letters with Latin-1, digits, `_ / < > - .` and inner spaces. */
export const Tags = z
  .array(
    z
      .string()
      .min(1)
      .max(64)
      .regex(/^[\wÀ-ÿ/<>.-]+( [\wÀ-ÿ/<>.-]+)*$/, 'has a character that tags may not have'),
  )
  .max(20);

/** Values are checked against the metadata of the resource: see custom-attributes. */
export const Custom = z
  .record(z.string(), z.unknown())
  .refine((custom) => Object.keys(custom).length <= 100, 'has more than 100 keys');
