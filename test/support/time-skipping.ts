import { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '../../src/claims/messages';
import { addSearchAttributes } from '../../src/temporal/namespace';
import { logTemporalOnce } from './service';
import { startStack, type Stack, type StackOptions } from './stack';
import { fromGlobalSetup } from './test-environment';

/** A stack whose Temporal can let weeks pass in moments. Everything else is as real as in any stack, and keeps real time. */
export interface TimeSkippingStack extends Stack {
  /** Lets so many hours pass for all workflows. */
  pass(hours: number): Promise<void>;
}

export async function startTimeSkippingStack(options: StackOptions = {}): Promise<TimeSkippingStack> {
  logTemporalOnce();
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: fromGlobalSetup('TEST_TIME_SKIPPING_PATH') } },
  });
  await addSearchAttributes(environment.client, Object.values(SEARCH_ATTRIBUTES));
  const { address } = environment;
  const stack = await startStack({
    ...options,
    startTemporal: () => Promise.resolve({ address, stop: () => environment.teardown() }),
  });
  return Object.assign(stack, { pass: (hours: number) => environment.sleep(hours * 3_600_000) });
}
