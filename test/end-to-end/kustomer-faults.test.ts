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

test('a revoked key raises credentials; with a new key the Klaim is brought up to date', async () => {
  const claimId = await stack.orderProtection.fileClaim();
  await stack.claimWhen(claimId, 'open with its Klaim', ({ klaim }) => klaim !== null);
  await stack.kustomer.revokeKey(stack.secrets.kustomerKey);
  await stack.orderProtection.approve(claimId);
  await stack.claimWhen(claimId, 'without valid credentials', ({ attention }) => attention === 'credentials');
  const apiKey = 'another-key-of-demo';
  await stack.kustomer.addKey({ org: 'demo', apiKey });
  stack.secrets.kustomerKey = apiKey;
  await stack.onboard();
  await stack.api.call('POST', `/v1/brands/demo/claims/${claimId}/retry-sync`, { reason: 'a new key' });
  await settledOnce(stack, claimId, 1);
});
