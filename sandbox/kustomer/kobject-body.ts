import { z } from 'zod';

import { Custom, DateTime, Id, Tags, text, Uri } from './fields';

const Fields = z.strictObject({
  title: text(256, 1),
  externalId: text(256, 1).optional(),
  description: text(10_240).optional(),
  images: z.array(Uri).max(20).optional(),
  icon: text(64).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  custom: Custom.optional(),
  tags: Tags.optional(),
});
const Dates = { createdAt: DateTime.optional(), importedAt: DateTime.optional() };

/** Create KObject (Kustomer, "Create KObject"): no top-level field is nullable. */
export const KObjectBody = Fields.extend({ ...Dates, customer: Id.optional(), company: Id.optional() });

/** Update KObject: partial, takes a `rev`, and refuses `customer` and `company`. */
export const KObjectUpdateBody = Fields.partial().extend({ ...Dates, rev: z.number().optional() });

export type KObjectFields = z.output<typeof Fields>;
export type KObjectBody = z.output<typeof KObjectBody>;
export type KObjectUpdateBody = z.output<typeof KObjectUpdateBody>;
