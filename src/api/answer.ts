import { z } from 'zod';
import { type Answer } from '../claims/answer';
import { currency, decimal, line, prose } from './input';

/** What a brand's backend did about a resolution, as it says so and as it is shown. */
export const answer = z
  .discriminatedUnion(
    'outcome',
    [
      z.strictObject({ outcome: z.literal('reshipped'), reshipOrderId: line(512) }),
      z.strictObject({
        outcome: z.literal('refunded'),
        refundId: line(512).exactOptional(),
        amount: decimal,
        currency,
      }),
      z.strictObject({ outcome: z.literal('declined'), reason: prose(512) }),
    ],
    { error: 'must be an object whose outcome is "reshipped", "refunded" or "declined"' },
  )
  .meta({
    id: 'Answer',
    examples: [
      { outcome: 'reshipped', reshipOrderId: 'BR-20901' },
      { outcome: 'refunded', refundId: 'rf_55', amount: '28.62', currency: 'USD' },
      { outcome: 'declined', reason: 'out of stock' },
    ],
  }) satisfies z.ZodType<Answer>;
