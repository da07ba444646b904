import { type ActivityInterceptorsFactory } from '@temporalio/worker';
import { readable } from '../claims/unreadable';

/** No activity runs on arguments that could not be opened: the attempt fails, and another worker or a later attempt may have the key. */
export const readableArguments: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    execute: (input, next) => {
      input.args.forEach((argument) => readable(`the argument of ${info.activityType}`, argument));
      return next(input);
    },
  },
});
