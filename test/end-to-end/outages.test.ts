import { until } from '../../sandbox/claims/until';
import { settledOnce, onlyKlaim } from '../support/settled-once';
import { startStack, type Stack } from '../support/stack';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

/** A claim that is open with its Klaim: what an outage then finds. */
async function openClaim(): Promise<string> {
  const claimId = await stack.orderProtection.fileClaim();
  await stack.claimWhen(claimId, 'open with its Klaim', ({ phase, klaim }) => phase === 'open' && klaim !== null);
  return claimId;
}

describe('a partner that is down holds up only what needs it', () => {
  test('Kustomer down: the command goes out, the answer is reported, and the Klaim follows when it is back', async () => {
    const claimId = await openClaim();
    stack.kustomer.faults.down();
    await stack.orderProtection.approve(claimId);
    await stack.claimWhen(claimId, 'reported', ({ resolutions }) =>
      resolutions.some(({ state }) => state === 'reported'),
    );
    expect(onlyKlaim(stack, claimId).custom['statusStr']).toBe('New');
    stack.kustomer.faults.up();
    await settledOnce(stack, claimId, 1);
  });

  test('Kustomer down, and Order Protection shows an approval late: it is read again, and the command goes out all the same', async () => {
    const claimId = await openClaim();
    stack.kustomer.faults.down();
    await stack.orderProtection.configure({ readLagMs: [1_500, 1_500] });
    await stack.orderProtection.approve(claimId);
    await until('the command', () => Promise.resolve(stack.brandBackend.commands(claimId).length > 0));
    await stack.orderProtection.configure({ readLagMs: [0, 0] });
    stack.kustomer.faults.up();
    await settledOnce(stack, claimId, 1);
  });

  test('the brand down: the Klaim is still brought up to date, and the command goes out once when it is back', async () => {
    const claimId = await openClaim();
    stack.brandBackend.faults.down();
    await stack.orderProtection.approve(claimId);
    await stack.orderProtection.postMessage(claimId, 'How long will it take?');
    await until('a Klaim that shows the approval and the message', () => {
      const { custom } = onlyKlaim(stack, claimId);
      return Promise.resolve(
        custom['statusStr'] === 'Approved' && String(custom['messageSummaryTxt']).includes('How long'),
      );
    });
    stack.brandBackend.faults.up();
    await settledOnce(stack, claimId, 1);
  });

  test('Order Protection down after the answer: the report follows when it is back', async () => {
    const claimId = await openClaim();
    await stack.brandBackend.setPolicy({ answer: 'manual' }, claimId);
    await stack.orderProtection.approve(claimId);
    const { resolutions } = await stack.claimWhen(
      claimId,
      'commanded',
      ({ resolutions: [one] }) => one?.state === 'commanded',
    );
    stack.orderProtection.faults.down();
    const answer = { outcome: 'refunded', amount: resolutions[0]?.amount?.amount, currency: 'USD' };
    await until('the command', () => Promise.resolve(stack.brandBackend.commands(claimId).length > 0));
    await stack.brandBackend.answer(resolutions[0]?.id ?? '', answer);
    await stack.claimWhen(claimId, 'reporting', ({ phase }) => phase === 'reporting');
    stack.orderProtection.faults.up();
    await settledOnce(stack, claimId, 1);
  });
});

test('partners whose address is no longer allowed: nobody is called, the claim says why, and goes on when it is allowed again', async () => {
  const claimId = await openClaim();
  const allowed = stack.env['CLAIMKEEPER_EGRESS_ALLOW'] ?? '';
  const allow = async (ranges: string): Promise<void> => {
    await stack.service.stop();
    stack.env['CLAIMKEEPER_EGRESS_ALLOW'] = ranges;
    await stack.startService();
  };
  await allow('10.0.0.0/8');
  await stack.orderProtection.approve(claimId);
  const { attention, waiting } = await stack.claimWhen(
    claimId,
    'waiting for Order Protection and Kustomer',
    (claim) => claim.waiting.length === 2,
  );
  expect(attention).toBe('syncFailing');
  const why = '127.0.0.1 stands for a loopback address, which is not dialled';
  expect(waiting).toMatchObject([
    { lane: 'source', reason: expect.stringContaining(`order-protection: GET failed: ${why}`) },
    { lane: 'klaim', reason: expect.stringContaining(`kustomer: GET failed: ${why}`) },
  ]);
  expect(stack.brandBackend.commands(claimId)).toEqual([]);
  await allow(allowed);
  const reason = 'loopback is allowed again';
  await stack.api.call('POST', `/v1/brands/demo/claims/${claimId}/retry-sync`, { reason });
  await settledOnce(stack, claimId, 1);
});

describe('Temporal down', () => {
  test('webhooks and callbacks are answered all the same, and the claim settles once it is back', async () => {
    const claimId = await openClaim();
    await stack.brandBackend.setPolicy({ answer: 'manual' }, claimId);
    await stack.orderProtection.approve(claimId);
    const { resolutions } = await stack.claimWhen(
      claimId,
      'commanded',
      ({ resolutions: [one] }) => one?.state === 'commanded',
    );
    const id = resolutions[0]?.id ?? '';
    await until('the command', () => Promise.resolve(stack.brandBackend.commands(claimId).length > 0));
    await stack.temporal.stop();

    const path = `/v1/brands/demo/claims/${claimId}/resolutions/${id}`;
    const answer = { outcome: 'refunded', ...resolutions[0]?.amount };
    await stack.brandBackend.answer(id, answer);
    expect(stack.brandBackend.callbacks(id)[0]?.attempts.map((attempt) => attempt.answer)).toEqual([200]);
    expect(await stack.api.call('PUT', path, answer)).toMatchObject({ status: 200, body: { status: 'duplicate' } });
    expect(await stack.api.call('PUT', path, { ...answer, amount: '1.00' })).toMatchObject({ status: 409 });

    const other = await stack.orderProtection.fileClaim();
    await until('the webhook answered', () =>
      Promise.resolve(stack.orderProtection.deliveries(other)[0]?.state === 'delivered'),
    );
    expect(await stack.api.call('GET', `/v1/brands/demo/claims/${claimId}`)).toMatchObject({ status: 503 });

    await stack.startTemporal();
    await settledOnce(stack, claimId, 1);
    await stack.claimWhen(other, 'open with its Klaim', ({ phase, klaim }) => phase === 'open' && klaim !== null);
  });
});
