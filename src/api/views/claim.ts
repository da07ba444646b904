import { z } from 'zod';
import { ATTENTIONS } from '../../claims/attention';
import { MATCHES } from '../../claims/klaim';
import { LANES } from '../../claims/lane';
import { PHASES } from '../../claims/phase';
import { SOURCES, type Source } from '../../claims/sources';
import { type ClaimListItem, type LinkedClaim } from '../../claims/view';
import { instant } from './common';
import { resolution } from './resolution';

const listed = z.strictObject({
  claimId: z.string().meta({ description: "The source's own id", example: 'cmxk3v8q2' }),
  phase: z.enum(PHASES).meta({ description: 'What the claim waits for' }),
  attention: z.enum(ATTENTIONS).meta({ description: 'Why an operator should look; none when nothing is amiss' }),
  source: z.enum(Object.keys(SOURCES) as Source[]).nullable(),
  orderId: z.string().nullable().meta({ description: "The shop's own order id", example: 'BR-20417' }),
  deadline: instant.nullable().meta({ description: 'The nearest time by which somebody owes the claim something' }),
});

/** A claim in a list. */
export const claimListItem = listed.meta({ id: 'ClaimListItem' }) satisfies z.ZodType<ClaimListItem>;

/** A claim. */
export const claim = listed
  .extend({
    brand: z.string().meta({ example: 'acme' }),
    klaim: z
      .strictObject({
        id: z.string(),
        customerId: z.string().nullable(),
        matchedBy: z.enum(MATCHES).meta({ description: 'How its customer was found' }),
        syncedAt: instant,
        inSync: z.boolean().meta({ description: 'Whether the Klaim shows the latest state' }),
        mappingVersion: z.int().meta({ description: "The version of the brand's mapping by which it was written" }),
      })
      .nullable()
      .meta({ description: 'The Klaim in Kustomer; null until there is one' }),
    resolutions: z.array(resolution),
    hold: z
      .strictObject({ at: instant, actor: z.string(), reason: z.string() })
      .nullable()
      .meta({ description: 'Who holds it and why; null when nobody does' }),
    waiting: z
      .array(z.strictObject({ lane: z.enum(LANES), reason: z.string(), retryAt: instant.nullable() }))
      .meta({ description: 'What is tried again after a failure, why, and when' }),
    timeline: z.array(z.strictObject({ at: instant, what: z.string(), by: z.string() })),
    temporalUrl: z.string().nullable().meta({ description: 'Where Temporal Web shows it' }),
  })
  .meta({ id: 'Claim' }) satisfies z.ZodType<LinkedClaim>;
