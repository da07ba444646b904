import { type Stack } from '../../support/stack';

/** One path through the workflows, to be lived through on the real Temporal server. */
export interface Scenario {
  /** Over the demo brand's policy; hours may be fractions. */
  policy?: Record<string, number>;
  /** After so many events the server suggests to continue as new. */
  suggestsContinueAsNewAfter?: number;
  /** Gives the id of the workflow to record when its last step is done; all its runs are recorded. */
  live(stack: Stack): Promise<string>;
}
