import { z } from 'zod';

import { text } from './fields';

/** The value types by the suffix of an attribute's name (Kustomer, "Custom attributes"). */
export const TYPES = {
  Str: 'string',
  Txt: 'string',
  Num: 'number',
  At: 'date-time',
  Bool: 'boolean',
  Url: 'uri',
  Id: 'string',
  Tree: 'tree',
} as const;
export type Suffix = keyof typeof TYPES;

/** The suffix of a well-formed attribute name, else undefined. */
export const suffixOf = (name: string): Suffix | undefined =>
  /^[a-z]\w*?(Str|Txt|Num|At|Bool|Url|Id|Tree)$/i.exec(name)?.[1] as Suffix | undefined;

/** One attribute's description. What the server keeps itself (`modifiedAt`, …) is refused. */
export const Property = z.strictObject({
  displayName: text(255, 1).optional(),
  type: z.string().optional(),
  enumeration: z.array(z.string()).optional(),
  target: z.string().optional(),
  multi: z.boolean().optional(),
  tree: z.looseObject({}).optional(),
  lastNodeRequired: z.boolean().optional(),
  sensitive: z.strictObject({ enabled: z.boolean(), maskType: z.string().optional() }).optional(),
});
export type Property = z.output<typeof Property>;

export const MetadataBody = z.strictObject({
  properties: z
    .record(z.string(), Property)
    .refine((properties) => Object.keys(properties).length <= 100, 'has more than 100 properties')
    .optional(),
  standardProperties: z.record(z.string(), z.unknown()).optional(),
  relationships: z.record(z.string(), z.unknown()).optional(),
  validations: z.array(z.string()).max(10).optional(),
});
