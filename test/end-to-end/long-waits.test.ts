import { until } from '../../sandbox/claims/until';
import { onlyKlaim, settledOnce } from '../support/settled-once';
import { startTimeSkippingStack, type TimeSkippingStack } from '../support/time-skipping';

let stack: TimeSkippingStack;
beforeAll(async () => {
  stack = await startTimeSkippingStack();
  await stack.orderProtection.configure({ reportAmount: 'upTo' });
});
afterAll(() => stack.stop());

const typesSent = (claimId: string): (string | undefined)[] =>
  stack.brandBackend.commands(claimId).map(({ body }) => body?.type);
const sent = (claimId: string, type: string): Promise<boolean> =>
  until(type, () => Promise.resolve(typesSent(claimId).includes(type)));

async function commandedClaim(): Promise<{ claimId: string; resolutionId: string }> {
  const claimId = await stack.orderProtection.fileClaim();
  await stack.brandBackend.setPolicy({ answer: 'manual' }, claimId);
  await stack.orderProtection.approve(claimId);
  await sent(claimId, 'resolution.requested');
  const { resolutions } = await stack.claimWhen(
    claimId,
    'awaiting the brand',
    ({ phase }) => phase === 'awaitingBrand',
  );
  return { claimId, resolutionId: resolutions[0]?.id ?? '' };
}

test('a brand that answers after 30 days was reminded, then escalated, and the claim settles once', async () => {
  const { claimId, resolutionId } = await commandedClaim();
  await stack.pass(25);
  await sent(claimId, 'resolution.reminder');
  await stack.pass(48);
  await sent(claimId, 'claim.escalated');
  await stack.claimWhen(claimId, 'overdue', ({ attention }) => attention === 'overdue');
  await stack.pass(27 * 24);
  expect(typesSent(claimId)).toEqual(['resolution.requested', 'resolution.reminder', 'claim.escalated']);
  await stack.brandBackend.answer(resolutionId, { outcome: 'refunded', amount: '10.00', currency: 'USD' });
  const { klaim } = await settledOnce(stack, claimId, 1);
  expect(klaim.custom['resolutionAmountNum']).toBe(10);
});

test('a denial after the command withdraws it, and an operator is asked', async () => {
  const { claimId } = await commandedClaim();
  await stack.orderProtection.deny(claimId);
  await sent(claimId, 'resolution.withdrawn');
  await stack.claimWhen(
    claimId,
    'a contradiction',
    ({ phase, attention }) => phase === 'denied' && attention === 'contradiction',
  );
  await stack.pass(10 * 24);
  expect(typesSent(claimId)).toEqual(['resolution.requested', 'resolution.withdrawn']);
});

test('a settled claim completes after the quiet period, and a late event updates its Klaim without a second command', async () => {
  const claimId = await stack.orderProtection.fileClaim();
  await stack.orderProtection.approve(claimId);
  await settledOnce(stack, claimId, 1);
  const handle = stack.client.workflow.getHandle(`claim:demo:${claimId}`);
  await stack.pass(25);
  await until('the workflow to complete', async () => (await handle.describe()).status.name === 'COMPLETED');
  expect(await stack.claim(claimId)).toMatchObject({ phase: 'settled', attention: 'none' });

  await stack.orderProtection.postMessage(claimId, 'Thank you!');
  await until('the message in the Klaim', () =>
    Promise.resolve(String(onlyKlaim(stack, claimId).custom['messageSummaryTxt']).includes('Thank you!')),
  );
  await settledOnce(stack, claimId, 1);
  expect(typesSent(claimId)).toEqual(['resolution.requested']);
});

test('an approval that Order Protection never confirms asks for an operator, whose word leads to one command', async () => {
  const claimId = await stack.orderProtection.fileClaim();
  await stack.claimWhen(claimId, 'open', ({ phase }) => phase === 'open');
  await stack.orderProtection.sendForged(claimId);
  await stack.claimWhen(claimId, 'confirming', ({ phase }) => phase === 'confirming');
  await stack.pass(2);
  const claim = await stack.claimWhen(claimId, 'unconfirmed', ({ attention }) => attention === 'unconfirmed');
  expect(typesSent(claimId)).toEqual([]);
  const action = { reason: 'asked them by phone', resolutionId: claim.resolutions[0]?.id, accept: true };
  const answer = await stack.api.call('POST', `/v1/brands/demo/claims/${claimId}/confirm-resolution`, action);
  expect(answer).toMatchObject({ status: 200 });
  await sent(claimId, 'resolution.requested');
});

test('a claim that Order Protection does not know for a day asks for an operator', async () => {
  const body = {
    id: 'evt-lost',
    topic: 'message.created',
    body: { claim_id: 'nobody-knows', order_id: 'o', source_order_id: 'BR-0', message: 'Hello?' },
  };
  await stack.orderProtection.sendWebhook({ body });
  await stack.claimWhen('nobody-knows', 'incomplete', ({ phase }) => phase === 'incomplete');
  await stack.pass(25);
  await stack.claimWhen('nobody-knows', 'unknown', ({ attention }) => attention === 'unknownClaim');
  expect(stack.kustomer.klaims('nobody-knows')).toEqual([]);
});

test('with Kustomer down for hours the claim is settled meanwhile, and its Klaim follows by itself', async () => {
  const claimId = await stack.orderProtection.fileClaim();
  await stack.claimWhen(claimId, 'open with its Klaim', ({ klaim }) => klaim !== null);
  stack.kustomer.faults.down();
  await stack.orderProtection.approve(claimId);
  await stack.pass(3);
  await stack.claimWhen(
    claimId,
    'settled but out of sync',
    ({ phase, attention }) => phase === 'settled' && attention === 'syncFailing',
  );
  stack.kustomer.faults.up();
  await stack.pass(2);
  await settledOnce(stack, claimId, 1);
});
