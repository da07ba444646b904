import { z } from 'zod';
import { type Judgement } from '../../claims/answer';
import { answer } from '../answer';
import { Problem } from '../problem';
import { type Slug } from '../problems';
import { showResolution } from '../show-resolution';
import { route } from '../route';
import { answeredResolution } from '../views/resolution';

/** What became of an answer. */
const accepted = z
  .strictObject({ status: z.enum(['applied', 'duplicate']), resolution: answeredResolution })
  .meta({ id: 'AcceptedAnswer' });

const REFUSED = {
  alreadyAnswered: 'already-answered',
  otherKind: 'other-kind',
  moreMoney: 'more-money',
  otherCurrency: 'other-currency',
} as const satisfies Record<Extract<Judgement, { verdict: 'refused' }>['reason'], Slug>;

/** The callback. The ledger alone decides, so it is answered whether or not Temporal and the workers are up. */
export const answerResolution = route({
  name: 'answerResolution',
  method: 'put',
  path: '/v1/brands/{brand}/claims/{claimId}/resolutions/{resolutionId}',
  requires: 'resolve',
  summary: 'Says what the brand did about a resolution; may be repeated',
  answers: { 200: accepted },
  problems: ['unknown-resolution', ...Object.values(REFUSED)],
  body: answer,
  handle: async ({ params: { brand, claimId, resolutionId }, body }, { store, now }) => {
    const judged = await store.ledger.accept(brand, claimId, resolutionId, body, now().toISOString());
    switch (judged.verdict) {
      case 'unknown':
        throw new Problem('unknown-resolution');
      case 'refused':
        throw new Problem(REFUSED[judged.reason], `Expected ${judged.expected}.`, { expected: judged.expected });
      case 'applied':
      case 'duplicate':
        return { status: 200, json: { status: judged.verdict, resolution: showResolution(judged.entry) } };
    }
  },
});
