import { until } from '../../sandbox/claims/until';
import { later } from '../../src/claims/lane';
import { settledOnce } from '../support/settled-once';
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
const act = (claimId: string, action: string, body: object = {}) =>
  stack.api.call('POST', `/v1/brands/demo/claims/${claimId}/${action}`, { reason: 'the shopper called', ...body });

async function openClaim(): Promise<string> {
  const claimId = await stack.orderProtection.fileClaim();
  await stack.brandBackend.setPolicy({ answer: 'manual' }, claimId);
  await stack.claimWhen(claimId, 'open with its Klaim', ({ klaim }) => klaim?.inSync === true);
  return claimId;
}

async function commandedClaim(): Promise<{ claimId: string; resolutionId: string; dueAt: string }> {
  const claimId = await openClaim();
  await stack.orderProtection.approve(claimId, [{ type: 'REFUND', items: [{ itemId: 'li-9001' }] }]);
  await sent(claimId, 'resolution.requested');
  const { resolutions } = await stack.claimWhen(claimId, 'awaiting the brand', ({ deadline }) => deadline !== null);
  return { claimId, resolutionId: resolutions[0]?.id ?? '', dueAt: resolutions[0]?.dueAt ?? '' };
}

test('a held claim goes on in everything but commands and reports, for as long as it takes', async () => {
  const claimId = await openClaim();
  expect(await act(claimId, 'hold')).toMatchObject({
    status: 200,
    body: { attention: 'held', hold: { actor: 'admin' } },
  });
  expect(await act(claimId, 'hold')).toMatchObject({ status: 409 });
  await stack.brandBackend.setPolicy({ answer: 'auto' }, claimId);
  await stack.orderProtection.approve(claimId);
  await stack.orderProtection.postMessage(claimId, 'When will it come?');
  await stack.claimWhen(
    claimId,
    'approved, with its Klaim up to date',
    ({ resolutions, klaim }) => resolutions[0]?.question === 'held by an operator' && klaim?.inSync === true,
  );
  await stack.pass(10 * 24);
  expect(typesSent(claimId)).toEqual([]);
  expect(await stack.claim(claimId)).toMatchObject({ attention: 'held', resolutions: [{ state: 'proposed' }] });
  expect(await act(claimId, 'release')).toMatchObject({ status: 200, body: { attention: 'none', hold: null } });
  const { claim } = await settledOnce(stack, claimId, 1);
  expect(claim.timeline.filter(({ by }) => by === 'admin').map(({ what }) => what)).toEqual([
    'held: the shopper called',
    'released: the shopper called',
  ]);
});

test('a brand that is given longer is escalated after its new deadline, and once more after the next', async () => {
  const { claimId, resolutionId, dueAt } = await commandedClaim();
  expect(await act(claimId, 'extend-deadline', { until: '2001-01-01T00:00:00Z' })).toMatchObject({ status: 409 });
  const extended = later(dueAt, 7 * 24 * 3_600);
  expect(await act(claimId, 'extend-deadline', { until: extended })).toMatchObject({
    status: 200,
    body: { deadline: extended, resolutions: [{ id: resolutionId, dueAt: extended }] },
  });
  await stack.pass(6 * 24);
  expect(typesSent(claimId)).toEqual(['resolution.requested', 'resolution.reminder']);
  await stack.pass(5 * 24);
  await sent(claimId, 'claim.escalated');
  await stack.claimWhen(claimId, 'overdue', ({ attention }) => attention === 'overdue');
  await act(claimId, 'extend-deadline', { until: later(extended, 7 * 24 * 3_600) });
  await stack.claimWhen(claimId, 'in time again', ({ attention }) => attention === 'none');
  await stack.pass(6 * 24);
  const escalations = () =>
    stack.brandBackend
      .commands(claimId)
      .flatMap(({ body, webhookId }) => (body?.type === 'claim.escalated' ? [webhookId] : []));
  await until('a second escalation', () => Promise.resolve(escalations().length === 2));
  expect(escalations()).toEqual([`${claimId}.escalated.1`, `${claimId}.escalated.2`]);
});

describe('other terms', () => {
  test('are commanded after the old ones were withdrawn, and settle the claim', async () => {
    const { claimId, resolutionId } = await commandedClaim();
    const terms = { resolutionId, kind: 'reship' };
    expect(
      await act(claimId, 'override-resolution', { ...terms, amount: { amount: '1', currency: 'USD' } }),
    ).toMatchObject({
      status: 409,
    });
    const { status, body } = await act(claimId, 'override-resolution', terms);
    const [old, instead] = (body as { resolutions: { id: string; state: string; kind: string }[] }).resolutions;
    expect([status, old?.state, instead?.kind]).toEqual([200, 'withdrawn', 'reship']);
    await until('the new command', () => Promise.resolve(typesSent(claimId).length === 3));
    expect(typesSent(claimId)).toEqual(['resolution.requested', 'resolution.withdrawn', 'resolution.requested']);
    await stack.brandBackend.answer(instead?.id ?? '', { outcome: 'reshipped', reshipOrderId: 'BR-90001' });
    // Order Protection takes no other kind than it approved: an operator tells it.
    await stack.claimWhen(claimId, 'to be reported by hand', ({ attention }) => attention === 'reportFailing');
    expect(await act(claimId, 'confirm-report', { resolutionId: instead?.id })).toMatchObject({ status: 200 });
    const claim = await stack.claimWhen(claimId, 'settled', ({ phase }) => phase === 'settled');
    expect(claim.resolutions.map(({ state }) => state)).toEqual(['withdrawn', 'reported']);
    expect(await act(claimId, 'override-resolution', { resolutionId: instead?.id, kind: 'refund' })).toMatchObject({
      status: 409,
    });
  });

  test('settle what the brand has declined', async () => {
    const { claimId, resolutionId } = await commandedClaim();
    await stack.brandBackend.answer(resolutionId, { outcome: 'declined', reason: 'we do not pay so much' });
    await stack.claimWhen(claimId, 'declined', ({ attention }) => attention === 'declined');
    await stack.brandBackend.setPolicy({ answer: 'auto' }, claimId);
    const amount = { amount: '5.00', currency: 'USD' };
    expect(await act(claimId, 'override-resolution', { resolutionId, kind: 'refund', amount })).toMatchObject({
      status: 200,
    });
    const { klaim } = await stack.claimWhen(claimId, 'settled', ({ phase }) => phase === 'settled');
    expect(klaim).not.toBeNull();
    expect(typesSent(claimId)).toEqual(['resolution.requested', 'resolution.requested']);
    expect(stack.brandBackend.acted().filter((done) => done.claimId === claimId)).toMatchObject([{ amount }]);
  });

  test('are taken back when the brand has done the old ones after all, and an operator says what stands', async () => {
    const { claimId, resolutionId } = await commandedClaim();
    const amount = { amount: '5.00', currency: 'USD' };
    const { body } = await act(claimId, 'override-resolution', { resolutionId, kind: 'refund', amount });
    const instead = (body as { resolutions: { id: string }[] }).resolutions[1]?.id ?? '';
    await until('the new command', () => Promise.resolve(typesSent(claimId).length === 3));
    const late = await stack.brandBackend.answer(resolutionId, {
      outcome: 'refunded',
      amount: '10.00',
      currency: 'USD',
    });
    expect(late?.answer).toBe(200);
    await stack.claimWhen(claimId, 'a contradiction', ({ attention }) => attention === 'contradiction');
    await until('the new terms to be withdrawn', () =>
      Promise.resolve(
        stack.brandBackend.commands(claimId).some(({ webhookId }) => webhookId === `${instead}.withdrawn`),
      ),
    );
    await act(claimId, 'confirm-resolution', { resolutionId: instead, accept: false });
    await act(claimId, 'confirm-resolution', { resolutionId, accept: true });
    const claim = await stack.claimWhen(claimId, 'settled', ({ phase }) => phase === 'settled');
    expect(claim).toMatchObject({ attention: 'none', resolutions: [{ state: 'reported' }, { state: 'withdrawn' }] });
    expect(stack.brandBackend.acted().filter((done) => done.claimId === claimId)).toHaveLength(1);
  });
});
