import { z } from 'zod';
import { type Judgement } from '../../claims/answer';
import { decimal, currency, line, prose } from '../input';
import { Problem } from '../problem';
import { type Slug } from '../problems';
import { resolutionView } from '../resolution-view';
import { route } from '../route';

/** What a brand's backend did about a resolution. */
const answer = z
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
  .meta({ id: 'Answer' });

const REFUSED = {
  alreadyAnswered: 'already-answered',
  otherKind: 'other-kind',
  moreMoney: 'more-money',
  otherCurrency: 'other-currency',
} as const satisfies Record<Extract<Judgement, { verdict: 'refused' }>['reason'], Slug>;

/** The callback. The ledger alone decides, so it is answered whether or not Temporal and the workers are up. */
export const answerResolution = route({
  method: 'put',
  path: '/v1/brands/{brand}/claims/{claimId}/resolutions/{resolutionId}',
  requires: 'resolve',
  summary: 'Says what the brand did about a resolution; may be repeated',
  body: answer,
  handle: async ({ params: { brand, claimId, resolutionId }, body }, { store, now }) => {
    const accepted = await store.ledger.accept(brand, claimId, resolutionId, body, now().toISOString());
    switch (accepted.verdict) {
      case 'unknown':
        throw new Problem('unknown-resolution');
      case 'refused':
        throw new Problem(REFUSED[accepted.reason], `Expected ${accepted.expected}.`, { expected: accepted.expected });
      case 'applied':
      case 'duplicate':
        return { status: 200, json: { status: accepted.verdict, resolution: resolutionView(accepted.entry) } };
    }
  },
});
