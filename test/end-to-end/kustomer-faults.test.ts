import { type FaultRule } from '../../sandbox/http/fault-rule';
import { settledOnce } from '../support/settled-once';
import { startStack, type Stack } from '../support/stack';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());
afterEach(() => stack.kustomer.faults.clear());

const CREATE = { method: 'POST', path: '/klasses/klaim$' };
const UPDATE = { method: 'PUT', path: '/klasses/klaim/' };
const LOOK_UP = { method: 'GET', path: '/klasses/klaim/externalId=' };

test.each<[string, FaultRule]>([
  ['the answer to the create is lost', { match: CREATE, fault: 'lostAnswer' }],
  ['the create is answered 500 and was done', { match: CREATE, fault: 'status500AfterCommit' }],
  ['the create is answered 500 and was not done', { match: CREATE, fault: { status: 500 } }],
  ['the create is answered 429', { match: CREATE, fault: { status: 429 } }],
  ['the answer to an update is lost', { match: UPDATE, fault: 'lostAnswer' }],
  ['an update is answered 500 and was done', { match: UPDATE, fault: 'status500AfterCommit' }],
  ['an update is answered 409', { match: UPDATE, fault: { status: 409 } }],
  [
    'a customer is created and the answer is lost',
    { match: { method: 'POST', path: '/customers$' }, fault: 'lostAnswer' },
  ],
  ['the look-up is cut off', { match: LOOK_UP, fault: 'dropBefore' }],
  ['everything is slow', { fault: { latencyMs: 200 }, times: 50 }],
])('%s: the claim settles with one Klaim, equal to its last state', async (_what, rule) => {
  stack.kustomer.faults.add(rule);
  const before = Object.values(stack.kustomer.faults.counts()).reduce((sum, count) => sum + count, 0);
  const claimId = await stack.orderProtection.fileClaim();
  await stack.claimWhen(claimId, 'open with its Klaim', ({ klaim }) => klaim !== null);
  await stack.orderProtection.postMessage(claimId, 'Still waiting');
  await stack.orderProtection.approve(claimId);
  const { klaim } = await settledOnce(stack, claimId, 1);
  expect(klaim.custom['messageSummaryTxt']).toContain('Still waiting');
  const after = Object.values(stack.kustomer.faults.counts()).reduce((sum, count) => sum + count, 0);
  expect(after).toBeGreaterThan(before);
});

test('a revoked key raises credentials on the brand and its claims, is not tried by each; with a new key all go on, the oldest wait first', async () => {
  const claims: string[] = [];
  for (let n = 0; n < 5; n++) claims.push(await stack.orderProtection.fileClaim());
  for (const claimId of claims) await stack.claimWhen(claimId, 'open with its Klaim', ({ klaim }) => klaim !== null);
  const refusals = () => stack.kustomer.requests().filter(({ status }) => status === 401).length;
  const before = refusals();
  await stack.kustomer.revokeKey(stack.secrets.kustomerKey);
  // They wait in another order than they were filed in.
  const waiting = [...claims.slice(2), ...claims.slice(0, 2)];
  for (const claimId of waiting) {
    await stack.orderProtection.approve(claimId);
    await stack.claimWhen(claimId, 'without valid credentials', ({ attention }) => attention === 'credentials');
  }
  // The call that was refused, and the check of the key, or the watch's of an idle brand: nothing by the other claims.
  expect(refusals() - before).toBeLessThanOrEqual(4);
  expect(await stack.api.call('GET', '/v1/brands/demo')).toMatchObject({
    body: {
      attention: 'credentials',
      refusedKeys: [{ partner: 'kustomer', message: expect.stringContaining('revoked') }],
    },
  });
  const apiKey = 'another-key-of-demo';
  await stack.kustomer.addKey({ org: 'demo', apiKey });
  stack.secrets.kustomerKey = apiKey;
  await stack.onboard();
  expect(await stack.api.call('GET', '/v1/brands/demo')).toMatchObject({
    body: { attention: 'none', refusedKeys: [] },
  });
  for (const claimId of waiting) await settledOnce(stack, claimId, 1);
  const woken = await Promise.all(waiting.map((claimId) => wokenAt(claimId)));
  expect(woken).toEqual([...woken].sort((a, b) => a - b));
});

/** When the claim was told that the key works. */
async function wokenAt(claimId: string): Promise<number> {
  const { events } = await stack.client.workflow.getHandle(`claim:demo:${claimId}`).fetchHistory();
  const signals = (events ?? []).filter(
    (event) => event.workflowExecutionSignaledEventAttributes?.signalName === 'keyWorks',
  );
  expect(signals).toHaveLength(1);
  const [{ eventTime } = {}] = signals;
  return Number(eventTime?.seconds) * 1e9 + Number(eventTime?.nanos);
}

test('a refused token of Order Protection is shown on the brand, and its claims go on when another is put', async () => {
  const claimId = await stack.orderProtection.fileClaim();
  await stack.claimWhen(claimId, 'open with its Klaim', ({ klaim }) => klaim !== null);
  await stack.orderProtection.revokeToken();
  await stack.orderProtection.postMessage(claimId, 'Hello?');
  await stack.claimWhen(claimId, 'without valid credentials', ({ attention }) => attention === 'credentials');
  expect(await stack.api.call('GET', '/v1/brands/demo')).toMatchObject({
    body: { attention: 'credentials', refusedKeys: [{ partner: 'order-protection' }] },
  });
  const apiToken = 'another-token-of-demo';
  await stack.orderProtection.seedStore({ apiToken });
  stack.secrets.orderProtectionToken = apiToken;
  await stack.onboard();
  await stack.claimWhen(
    claimId,
    'read again',
    ({ attention, waiting }) => attention === 'none' && waiting.length === 0,
  );
  await stack.orderProtection.approve(claimId);
  await settledOnce(stack, claimId, 1);
});
