import { type WorkflowInterceptors } from '@temporalio/workflow';
import { readable } from '../claims/unreadable';

/**
 * No workflow runs on an input, nor goes on with an activity's result, that could not be opened: the workflow task fails, and is tried
 * again until the key is there. Signals and updates may hold anything: their handlers refuse what they cannot read.
 */
export const interceptors = (): WorkflowInterceptors => ({
  inbound: [
    {
      execute(input, next) {
        input.args.forEach((argument) => readable('the input of this run', argument));
        return next(input);
      },
    },
  ],
  outbound: [
    {
      scheduleActivity: async (input, next) => readable(`the result of ${input.activityType}`, await next(input)),
    },
  ],
});
