import { condition, defineSignal, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type * as activities from './bare-worker';

export const go = defineSignal('go');

const { nothing } = proxyActivities<typeof activities.bareActivities>({ startToCloseTimeout: '40s' });

/** The yardstick of a whole claim: after each signal so many activities that do nothing, one after the other. */
export async function bareWorkflow(stages: readonly number[]): Promise<void> {
  let signals = 0;
  setHandler(go, () => {
    signals += 1;
  });
  for (const [stage, count] of stages.entries()) {
    await condition(() => signals > stage);
    for (let n = 1; n <= count; n++) await nothing(n === count ? workflowInfo().workflowId : null);
  }
}
