import { z } from 'zod';

/** What a route of `report.via: "http"` can be filled with. */
export const REPORT_PLACEHOLDERS = [
  'claimId',
  'resolutionId',
  'kind',
  'reshipOrderId',
  'refundId',
  'amount',
  'currency',
  'sourceOrderId',
] as const;

const KNOWN = new Set<string>(REPORT_PLACEHOLDERS);

const template = z
  .string()
  .max(500)
  .refine(
    (text) => [...text.matchAll(/\{([^{}]*)\}/g)].every(([, name]) => KNOWN.has(name ?? '')),
    `knows only the placeholders ${REPORT_PLACEHOLDERS.map((name) => `{${name}}`).join(', ')}`,
  );

/** How a finished resolution is told to Order Protection. */
export const reportRoute = z.discriminatedUnion('via', [
  z
    .strictObject({ via: z.literal('orders') })
    .meta({ description: 'The documented order calls; a refund is confirmed by an operator.' }),
  z.strictObject({ via: z.literal('manual') }).meta({ description: 'An operator confirms each report.' }),
  z
    .strictObject({
      via: z.literal('http'),
      method: z.enum(['POST', 'PUT', 'PATCH']).default('POST'),
      path: template
        .regex(/^\/[^?#\s]*$/, 'must be a path that begins with /')
        .default('/v1/claims/{claimId}/resolutions'),
      body: z.record(z.string().min(1).max(100), template).default({
        type: '{kind}',
        reshipmentSourceOrderId: '{reshipOrderId}',
        refundId: '{refundId}',
        amount: '{amount}',
        currency: '{currency}',
      }),
    })
    .meta({
      description:
        'The route that Order Protection gave the brand. A value that is one placeholder without a value is left out.',
    }),
]);
export type ReportRoute = z.infer<typeof reportRoute>;
