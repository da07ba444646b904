import { onlyKlaim, settledOnce } from '../support/settled-once';
import { startStack, type Stack } from '../support/stack';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

const relink = (claimId: string, customerId: string) =>
  stack.api.call('POST', `/v1/brands/demo/claims/${claimId}/relink-customer`, {
    reason: 'on the wrong person',
    customerId,
  });

async function openClaim(filing: object = {}): Promise<string> {
  const claimId = await stack.orderProtection.fileClaim(filing);
  await stack.claimWhen(claimId, 'open with its Klaim', ({ klaim }) => klaim?.inSync === true);
  return claimId;
}

test('a Klaim on the wrong person is made anew under the right one by one call, and the claim goes on with it', async () => {
  const claimId = await openClaim();
  const wrong = onlyKlaim(stack, claimId);
  const right = await stack.kustomer.addCustomer({ org: 'demo', email: 'right@example.test' });
  expect(await relink(claimId, right)).toMatchObject({ status: 200, body: { klaim: { inSync: false } } });
  const { klaim, timeline } = await stack.claimWhen(claimId, 'moved', (claim) => claim.klaim?.customerId === right);
  expect(klaim).toMatchObject({ matchedBy: 'operator', inSync: true });
  expect(onlyKlaim(stack, claimId)).toMatchObject({ id: klaim?.id, customerId: right });
  expect(klaim?.id).not.toBe(wrong.id);
  expect(timeline).toContainEqual(
    expect.objectContaining({ what: `Klaim to customer ${right}: on the wrong person`, by: 'admin' }),
  );
  await stack.orderProtection.approve(claimId);
  expect((await settledOnce(stack, claimId, 1)).klaim).toMatchObject({ id: klaim?.id, customerId: right });
});

test('an order that Kustomer cannot carry out now is carried out when it is back', async () => {
  const claimId = await openClaim();
  const right = await stack.kustomer.addCustomer({ org: 'demo', email: 'another@example.test' });
  stack.kustomer.faults.down();
  await relink(claimId, right);
  stack.kustomer.faults.up();
  await stack.claimWhen(claimId, 'moved', ({ klaim }) => klaim?.customerId === right && klaim.inSync);
  expect(onlyKlaim(stack, claimId).customerId).toBe(right);
});

test('a customer who is not there is refused in the timeline, and the Klaim stays', async () => {
  const claimId = await openClaim();
  await relink(claimId, 'f'.repeat(24));
  const { klaim } = await stack.claimWhen(claimId, 'told so', ({ timeline }) =>
    timeline.some(({ what }) => what.startsWith('refused: relink: there is no customer')),
  );
  expect(onlyKlaim(stack, claimId).id).toBe(klaim?.id);
  expect(await relink(claimId, 'mira@example.test')).toMatchObject({ status: 422 });
});

test("a claim whose e-mail is not the order's goes by its own, then by the order's, and says so", async () => {
  const known = await stack.kustomer.addCustomer({ org: 'demo', email: 'known@example.test' });
  const sourceOrderId = await stack.orderProtection.createOrder({ customerEmail: 'known@example.test' });
  const claimId = await openClaim({ sourceOrderId, email: 'partner@example.test' });
  expect(await stack.claim(claimId)).toMatchObject({
    klaim: { customerId: known, matchedBy: 'orderEmail' },
    timeline: expect.arrayContaining([
      expect.objectContaining({
        what: expect.stringContaining("found by the order's e-mail, which is not the claim's"),
      }),
    ]),
  });
});
