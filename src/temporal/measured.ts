import { ApplicationFailure } from '@temporalio/common';
import { type ActivityInterceptorsFactory } from '@temporalio/worker';
import { FAILURE_KINDS } from '../claims/failure';
import { TASK_QUEUES } from '../claims/messages';
import { type Metrics } from '../metrics';

/** Measures every attempt of an activity: how long it took, and what came of it. */
export function measured(metrics: Metrics): ActivityInterceptorsFactory {
  return ({ info }) => ({
    inbound: {
      async execute(input, next) {
        const began = performance.now();
        let result = 'ok';
        try {
          return await next(input);
        } catch (error) {
          result = resultOf(error);
          throw error;
        } finally {
          const { activityType: activity, taskQueue } = info;
          // The workers' own queue has what is done in our own database.
          const partner = taskQueue === TASK_QUEUES.claims ? 'none' : taskQueue;
          metrics.activity({ partner, activity, result }, (performance.now() - began) / 1_000);
        }
      },
    },
  });
}

/** The kind of a partner's failure; whatever else may be thrown is one result. */
function resultOf(error: unknown): string {
  const type = error instanceof ApplicationFailure ? error.type : undefined;
  return FAILURE_KINDS.find((kind) => kind === type) ?? 'error';
}
