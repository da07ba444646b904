import { until } from '../../sandbox/claims/until';
import { onlyKlaim } from '../support/settled-once';
import { startStack, type Stack } from '../support/stack';

const MESSAGES = 24;
/** The first of a burst may go alone, and what comes while a write is under way waits for the next. */
const WRITES = 3;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

test('a burst of messages on one claim is three writes of its Klaim at most, and the last message is in it', async () => {
  const claimId = await stack.orderProtection.fileClaim();
  await stack.claimWhen(claimId, 'open with its Klaim', ({ klaim }) => klaim?.inSync === true);
  const before = onlyKlaim(stack, claimId).rev;
  await stack.orderProtection.configure({ holdWebhooks: true });
  for (let n = 1; n <= MESSAGES; n++) await stack.orderProtection.postMessage(claimId, `Message ${n}`);
  await stack.orderProtection.releaseWebhooks();
  await until('the last message in the Klaim', () =>
    Promise.resolve(String(onlyKlaim(stack, claimId).custom['messageSummaryTxt']).includes(`Message ${MESSAGES}`)),
  );
  await stack.claimWhen(claimId, 'in sync', ({ klaim }) => klaim?.inSync === true);
  const writes = onlyKlaim(stack, claimId).rev - before;
  expect(writes).toBeGreaterThan(0);
  expect(writes).toBeLessThanOrEqual(WRITES);
});
