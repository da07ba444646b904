import { z } from 'zod';
import { RESOLUTION_STATES, type ResolutionView } from '../../claims/view';
import { money } from '../../integrations/brand-backend/commands';
import { answer } from '../answer';
import { instant } from './common';

/** A resolution as the ledger knows it. */
export const answeredResolution = z
  .strictObject({
    id: z.string().meta({ example: 'res_9f0c2a417be05d11' }),
    kind: z.string().meta({ description: '`refund` or `reship`, or the word of the source', example: 'refund' }),
    state: z.enum(RESOLUTION_STATES),
    amount: money.nullable(),
    dueAt: instant.nullable().meta({ description: 'After this an unanswered command is escalated' }),
    answer: answer.nullable(),
    reportedAt: instant.nullable(),
  })
  .meta({ id: 'AnsweredResolution' }) satisfies z.ZodType<Omit<ResolutionView, 'question'>>;

/** A resolution as its claim shows it. */
export const resolution = answeredResolution
  .extend({
    question: z.string().nullable().meta({ description: 'Why it waits for an operator; null when it does not' }),
  })
  .meta({ id: 'Resolution' }) satisfies z.ZodType<ResolutionView>;
