import {
  startOrderProtectionSimulator,
  type OrderProtectionSimulator,
} from '../../../sandbox/order-protection/simulator';
import { agreement, complete } from '../../../src/claims/agreement';
import { type Answer } from '../../../src/claims/answer';
import { loopbackHttp } from '../../support/loopback-http';
import { createOrderProtection } from '../../../src/integrations/order-protection/client';
import { parseWebhook } from '../../../src/integrations/order-protection/parse-webhook';
import { type ReportRoute } from '../../../src/integrations/order-protection/report/route';

const RECEIVED = '2030-01-01T00:00:00.000Z';
const SOURCE_ORDER = 'BR 20417/#1';
const byHttp: ReportRoute = {
  via: 'http',
  method: 'POST',
  path: '/v1/claims/{claimId}/resolutions',
  body: {
    type: '{kind}',
    reshipmentSourceOrderId: '{reshipOrderId}',
    refundId: '{refundId}',
    amount: '{amount}',
    currency: '{currency}',
  },
};
const refunded: Answer = { outcome: 'refunded', refundId: 'rf_55', amount: '43.20', currency: 'USD' };
const reshipped: Answer = { outcome: 'reshipped', reshipOrderId: 'BR-20901' };

const client = createOrderProtection(loopbackHttp());
let op: OrderProtectionSimulator;
let claimId: string;

beforeEach(async () => {
  op = await startOrderProtectionSimulator({ settings: { holdWebhooks: true } });
  await seed('reference');
  await op.createOrder({ sourceOrderId: SOURCE_ORDER });
  claimId = await op.fileClaim({ sourceOrderId: SOURCE_ORDER, images: ['https://cdn.example.test/lid.jpg'] });
});
afterEach(() => op.stop());

const seed = (dialect: 'reference' | 'developer') =>
  op.seedStore({ apiToken: 'op_token', webhook: { url: 'http://127.0.0.1:9/', secret: 's', dialect } });

const access = (report: ReportRoute = byHttp) => ({ apiToken: 'op_token', baseUrl: op.url, report });
const read = (sourceOrderId: string | null = SOURCE_ORDER) => client.readClaim(access(), { claimId, sourceOrderId });

/** What the last webhook decided. */
function decided() {
  const delivery = op.deliveries(claimId).at(-1);
  const reading = parseWebhook(JSON.parse(delivery?.body ?? 'null'), RECEIVED);
  if (reading.kind !== 'claimEvent') throw new Error(JSON.stringify(reading));
  expect(reading.unreadable).toEqual([]);
  return reading.event.claim.resolutions ?? [];
}

const report = (resolutionId: string, answer: Answer, route: ReportRoute = byHttp) =>
  client.report(access(route), {
    claimId,
    resolutionId,
    kind: answer.outcome === 'reshipped' ? 'reship' : 'refund',
    sourceOrderId: SOURCE_ORDER,
    answer,
  });

test('a filed claim is read with its customer, its order and its pictures', async () => {
  expect(await read()).toMatchObject({
    found: true,
    status: 'new',
    claim: {
      type: 'damaged',
      images: ['https://cdn.example.test/lid.jpg'],
      items: [{ lineItemId: 'li-9001', sku: 'KTL-BLU', title: 'Kettle, blue', quantity: 1 }],
    },
    messages: [{ text: 'Photos attached', author: 'customer' }],
    order: { sourceOrderId: SOURCE_ORDER, shippingAddress: { name: 'Mira Castellan', address1: '18 Harbour Rd' } },
    customer: { email: expect.stringContaining('@example.test'), name: 'Mira Castellan', phone: '+13125550142' },
  });
});

test('a claim whose order is not known is found among many', async () => {
  for (let other = 0; other < 130; other++) await op.fileClaim();
  expect(await read(null)).toMatchObject({ found: true, order: { sourceOrderId: SOURCE_ORDER }, status: 'new' });
});

test.each(['reference', 'developer'] as const)(
  'a split approval in the %s dialect is confirmed and completed by the read',
  async (dialect) => {
    await seed(dialect);
    const reship = { type: 'RESHIP', items: [{ itemId: 'li-9002' }] };
    await op.approve(claimId, [{ type: 'REFUND', items: [{ itemId: 'li-9001' }] }, reship]);
    const reading = await read();
    expect(agreement(decided(), reading)).toBe('agrees');
    expect(complete(decided(), reading)).toEqual([
      {
        kind: 'refund',
        items: [expect.objectContaining({ lineItemId: 'li-9001', title: 'Kettle, blue', quantity: 1 })],
        amount: { amount: '43.20', currency: 'USD' },
      },
      {
        kind: 'reship',
        items: [expect.objectContaining({ lineItemId: 'li-9002', quantity: 1 })],
        shippingAddress: expect.objectContaining({
          name: 'Mira Castellan',
          address1: '18 Harbour Rd',
          country: 'United States',
        }),
      },
    ]);
  },
);

test('a resolution of several lines is one in either dialect', async () => {
  for (const dialect of ['reference', 'developer'] as const) {
    await seed(dialect);
    await op.approve(claimId, [{ items: [{ itemId: 'li-9001' }, { itemId: 'li-9002' }] }]);
    expect(agreement(decided(), await read())).toBe('agrees');
  }
});

test('a forged approval is not confirmed until it is true, and one with other money differs', async () => {
  await op.sendForged(claimId);
  const forged = decided();
  expect(agreement(forged, await read())).toBe('notYet');
  await op.approve(claimId, [{ totalRefundAmount: 1 }]);
  expect(agreement(forged, await read())).toBe('differs');
  await op.approve(claimId);
  expect(agreement(forged, await read())).toBe('agrees');
  await op.setState(claimId, 'RESOLVED');
  expect(agreement(forged, await read())).toBe('alreadyResolved');
});

test('a claim that reads do not show yet is not there', async () => {
  await op.configure({ readLagMs: [60_000, 60_000] });
  claimId = await op.fileClaim({ sourceOrderId: SOURCE_ORDER });
  expect(await read()).toEqual({ found: false });
});

test('every resolution reported by the route: the claim is resolved, and each was taken once', async () => {
  await op.approve(claimId, [{ items: [{ itemId: 'li-9001' }] }, { type: 'RESHIP', items: [{ itemId: 'li-9002' }] }]);
  expect(await report('res_1', refunded)).toEqual({ done: true });
  expect(await read()).toMatchObject({ status: 'approved' });
  expect(await report('res_2', reshipped)).toEqual({ done: true });
  expect(await read()).toMatchObject({ status: 'resolved' });
  expect(op.reports(claimId).map(({ status, idempotencyKey }) => [status, idempotencyKey])).toEqual([
    [201, 'res_1'],
    [201, 'res_2'],
  ]);
});

test('a report whose answer was lost is repeated and counts once', async () => {
  await op.approve(claimId);
  op.faults.add({ match: { method: 'POST', path: '/resolutions$' }, fault: 'lostAnswer' });
  await expect(report('res_1', refunded)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(await report('res_1', refunded)).toEqual({ done: true });
  expect(op.reports(claimId).map(({ status }) => status)).toEqual([201, 200]);
});

test('a refused report waits for an operator unless the claim is resolved by the brand', async () => {
  await op.approve(claimId);
  const other: Answer = { ...refunded, amount: '1' };
  expect(await report('res_1', other)).toMatchObject({ done: false, reason: expect.stringContaining('APPROVED') });
  await op.setState(claimId, 'RESOLVED_BY_BRAND');
  expect(await report('res_1', other)).toEqual({ done: true });
});

test('a reshipment is reported by the documented order calls', async () => {
  await op.approve(claimId, [{ type: 'RESHIP' }]);
  await op.createOrder({ sourceOrderId: 'BR-20901' });
  expect(await report('res_1', reshipped, { via: 'orders' })).toEqual({ done: true });
  expect(await read()).toMatchObject({ status: 'resolved' });
});

test('a revoked token is a matter of credentials', async () => {
  await op.revokeToken();
  await expect(read()).rejects.toMatchObject({ kind: 'credentials' });
});

test('protection and messages of either dialect are understood', async () => {
  for (const dialect of ['reference', 'developer'] as const) {
    await seed(dialect);
    await op.postMessage(claimId, 'Any news?');
    await op.addProtection(SOURCE_ORDER, 3.45, 'EUR');
    const [message, protection] = op
      .deliveries()
      .slice(-2)
      .map(({ body }) => parseWebhook(JSON.parse(body), RECEIVED));
    expect(message).toMatchObject({
      kind: 'claimEvent',
      event: { kind: 'message', claim: { messages: [{ text: 'Any news?' }] } },
    });
    expect(protection).toMatchObject({
      kind: 'protection',
      protection: {
        action: 'added',
        order: { sourceOrderId: SOURCE_ORDER },
        amount: { amount: '3.45', currency: 'EUR' },
      },
    });
  }
});
