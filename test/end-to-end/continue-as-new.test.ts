import { until } from '../../sandbox/claims/until';
import { onlyKlaim, settledOnce } from '../support/settled-once';
import { startStack, type Stack } from '../support/stack';
import { startOwnTemporalServer } from '../support/temporal-server';

/** A server that suggests to continue as new after so few events that one claim meets it several times. */
const SUGGESTED_AFTER = 60;

let stack: Stack;
beforeAll(async () => {
  const dynamicConfig = { 'limit.historyCount.suggestContinueAsNew': SUGGESTED_AFTER };
  stack = await startStack({
    startTemporal: (port, dbFilename) => startOwnTemporalServer({ port, dbFilename, dynamicConfig }),
  });
});
afterAll(() => stack.stop());

test('a claim with a long history goes on in a new run with all that it knows', async () => {
  const claimId = await stack.orderProtection.fileClaim();
  const handle = stack.client.workflow.getHandle(`claim:demo:${claimId}`);
  await stack.claimWhen(claimId, 'open with its Klaim', ({ klaim }) => klaim !== null);
  const first = (await handle.describe()).runId;
  for (let n = 0; n < 40; n++) {
    await stack.orderProtection.postMessage(claimId, `Message ${n}`);
    await until(`message ${n} in the Klaim`, () =>
      Promise.resolve(String(onlyKlaim(stack, claimId).custom['messageSummaryTxt']).includes(`Message ${n}`)),
    );
  }
  expect((await handle.describe()).runId).not.toBe(first);
  await stack.orderProtection.approve(claimId);
  const { claim } = await settledOnce(stack, claimId, 1);
  expect(claim.timeline.filter(({ what }) => what === 'filed')).toHaveLength(1);
});
