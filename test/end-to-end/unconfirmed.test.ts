import { onlyKlaim, settledOnce } from '../support/settled-once';
import { startStack, type Stack } from '../support/stack';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

test('a forged approval leads to no command; when it becomes true, to exactly one', async () => {
  const claimId = await stack.orderProtection.fileClaim();
  await stack.claimWhen(claimId, 'open with its Klaim', ({ phase, klaim }) => phase === 'open' && klaim !== null);
  await stack.orderProtection.sendForged(claimId);
  const claim = await stack.claimWhen(
    claimId,
    'confirming and read back',
    ({ phase, timeline }) => phase === 'confirming' && timeline.length > 2,
  );
  expect(claim.resolutions).toMatchObject([{ state: 'proposed' }]);
  expect(stack.brandBackend.commands(claimId)).toEqual([]);
  expect(onlyKlaim(stack, claimId).custom['resolutionTypeStr'] ?? null).toBeNull();

  await stack.orderProtection.approve(claimId);
  await settledOnce(stack, claimId, 1);
});
