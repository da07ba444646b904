import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startOrderProtectionSimulator, type OrderProtectionSimulator } from '../../sandbox/order-protection/simulator';
import { RETRY_SCHEDULE } from '../../sandbox/order-protection/webhooks';
import { caller, type Caller } from './caller';
import { startReceiver, type Receiver } from './receiver';
import { until } from './until';
import { stopLater } from './stop-later';

interface Event {
  readonly id?: string;
  readonly topic: string;
  readonly created_at?: string;
  readonly body: Record<string, unknown>;
}

let op: OrderProtectionSimulator;
let hook: Receiver;
let call: Caller;
let now: number;
const events = (): Event[] => hook.received.map(({ raw }) => JSON.parse(raw) as Event);
const claimOf = async (order: string) => (await call('GET', `/v1/orders/${encodeURIComponent(order)}/claims`)).body;
const report = (claimId: string, body: object) => call('POST', `/v1/claims/${claimId}/resolutions`, body);

/** As Order Protection does it, without its pauses. */
const SOON = { ...RETRY_SCHEDULE, afterMs: RETRY_SCHEDULE.afterMs.map(() => 1) };

beforeEach(async () => {
  now = Date.parse('2026-03-02T09:14:07.250Z');
  hook = stopLater(await startReceiver());
  op = stopLater(await startOrderProtectionSimulator({ now: () => now, retrySchedule: SOON }));
  await op.seedStore({ webhook: { url: `${hook.url}/hook`, secret: 'whisper' } });
  call = caller(op.url, 'op-token');
});

describe('webhooks', () => {
  test('a claim is told in the reference dialect, with the secret', async () => {
    const claimId = await op.fileClaim();
    await until(() => hook.received.length === 1);
    expect(claimId).toMatch(/^cm[0-9a-z]{23}$/);
    expect(hook.received[0]?.headers).toMatchObject({
      'x-webhook-secret': 'whisper',
      'content-type': 'application/json',
    });
    expect(events()[0]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      topic: 'claim.created',
      created_at: '2026-03-02T09:14:07Z',
      body: {
        claim_id: claimId,
        source_order_id: 'BR-20417',
        claim_type: 'DAMAGED',
        claim_state: 'NEW',
        items: [{ item_id: 'li-9001', sku: 'KTL-BLU', item_name: 'Kettle, blue', quantity: 1 }],
      },
    });
  });

  test('an approval carries the documented arithmetic, and the address for a reship', async () => {
    const claimId = await op.fileClaim();
    await op.approve(claimId, [
      { items: [{ itemId: 'li-9001', percentage: 50 }], shippingAmount: 6.5, shippingAmountTax: 0.52 },
      { type: 'RESHIP', items: [{ itemId: 'li-9002' }] },
    ]);
    await until(() => hook.received.length === 2);
    expect(events().find(({ topic }) => topic === 'claim.approved')?.body['resolutions']).toMatchObject([
      { type: 'REFUND', details: { total_refund_amount: 28.62, currency: 'USD', shipping_amount: 6.5 } },
      {
        type: 'RESHIP',
        details: { total_refund_amount: 64.8, shipping_address: { address1: '18 Harbour Rd', zip: '97201' } },
      },
    ]);
  });

  test('the developer dialect has slashes, camel case, and neither id, time, order nor money', async () => {
    await op.seedStore({ webhook: { url: hook.url, secret: 's', dialect: 'developer' } });
    const claimId = await op.fileClaim();
    await op.approve(claimId, [{ type: 'RESHIP' }]);
    await until(() => hook.received.length === 2);
    expect(events().find(({ topic }) => topic === 'claim/approved')).toEqual({
      topic: 'claim/approved',
      body: { claimId, storeId: 'store_1', resolutions: [{ type: 'RESHIP', itemId: 'li-9001', quantity: 1 }] },
    });
  });

  test('anything but 200 is repeated with the same id, at most five times', async () => {
    hook.answers.push(...[500, 204, 302, 401, 503, 500]);
    await op.fileClaim();
    await until(() => op.deliveries()[0]?.state === 'givenUp');
    expect(hook.received).toHaveLength(6);
    expect(new Set(events().map(({ id }) => id)).size).toBe(1);
    expect(op.deliveries()[0]?.attempts.map(({ answer }) => answer)).toEqual([500, 204, 302, 401, 503, 500]);
  });

  test('a sender that is told never to give up repeats until it is 200', async () => {
    const patient = stopLater(await startOrderProtectionSimulator({ retrySchedule: { afterMs: [1], givesUp: false } }));
    await patient.seedStore({ webhook: { url: `${hook.url}/hook`, secret: 'whisper' } });
    hook.answers.push(...Array.from({ length: 12 }, () => 503));
    await patient.fileClaim();
    await until(() => patient.deliveries()[0]?.state === 'delivered');
    expect(patient.deliveries()[0]?.attempts).toHaveLength(13);
  });

  test('chaos: duplicates, fresh ids on a retry, drops, and held ones in another order', async () => {
    await op.configure({ duplicates: 2, freshIdOnRetry: true, holdWebhooks: true });
    hook.answers.push(500);
    const claimId = await op.fileClaim();
    await op.configure({ duplicates: 0 });
    await op.deny(claimId, ['NO_RESPONSE']);
    await op.releaseWebhooks('reverse');
    await until(() => hook.received.length === 5);
    const ids = events()
      .filter(({ topic }) => topic === 'claim.denied')
      .map(({ id }) => id);
    expect(events()[0]?.topic).toBe('claim.denied');
    expect(new Set(ids).size).toBe(2);
    await op.configure({ dropChance: 1 });
    await op.postMessage(claimId, 'hello');
    expect(op.deliveries(claimId).at(-1)).toMatchObject({ topic: 'message.created', state: 'dropped' });
  });

  test('a forged approval is sent and the claim stays as it is', async () => {
    const claimId = await op.fileClaim();
    await op.sendForged(claimId);
    await op.sendWebhook({ body: 'not json', secret: 'wrong' });
    await until(() => hook.received.length === 3);
    expect(hook.received.find(({ raw }) => raw === 'not json')?.headers['x-webhook-secret']).toBe('wrong');
    expect(await claimOf('BR-20417')).toMatchObject([{ claimState: 'NEW', claimResolutions: [] }]);
  });

  test('protection by hand is pushed, by REST it is not', async () => {
    const order = await op.createOrder();
    await op.removeProtection(order, 3.45, 'EUR');
    await call('PUT', `/v1/orders/${order}`, { premiumPaid: '0' });
    await until(() => hook.received.length === 1);
    expect(events()).toMatchObject([
      { topic: 'protection.removed', body: { source_order_id: order, amount: 3.45, currency: 'EUR' } },
    ]);
  });

  test('what was not delivered is delivered after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'op-'));
    const stateFile = join(folder, 'op.json');
    const first = stopLater(await startOrderProtectionSimulator({ stateFile }));
    await first.seedStore({ webhook: { url: 'http://127.0.0.1:9', secret: 's' } });
    await first.configure({ holdWebhooks: true });
    await first.fileClaim();
    await first.stop();
    const second = stopLater(await startOrderProtectionSimulator({ stateFile }));
    await second.releaseWebhooks();
    expect(second.deliveries()).toMatchObject([
      { state: 'pending', attempts: [{ answer: expect.stringContaining('ECONN') as unknown }] },
    ]);
    await second.stop();
    await rm(folder, { recursive: true });
  });
});

describe('reads', () => {
  test('claims of an order have e-mail, messages with senders and amounts; there is no claim by id', async () => {
    await op.createOrder({ sourceOrderId: '#20/9' });
    const claimId = await op.fileClaim({
      sourceOrderId: '#20/9',
      email: 'ada@example.test',
      images: ['https://cdn.example.test/1.jpg'],
    });
    await op.postMessage(claimId, 'Any news?', 'brand');
    await op.approve(claimId, [{ totalRefundAmount: 27.6 }]);
    expect(await claimOf('#20/9')).toMatchObject([
      {
        id: claimId,
        authorEmail: 'ada@example.test',
        claimState: 'APPROVED',
        claimMessages: [
          { medias: [{ url: 'https://cdn.example.test/1.jpg' }] },
          { senderType: 'brand', message: 'Any news?' },
        ],
        claimResolutions: [{ resolutionType: 'REFUND', paidValue: 27.6, paidCurrency: 'USD', deletedAt: null }],
      },
    ]);
    expect(await call('GET', `/v1/claims/${claimId}`)).toMatchObject({ status: 404, body: { statusCode: 404 } });
    expect(await call('GET', '/v1/orders/nope/claims')).toMatchObject({ status: 404 });
  });

  test('the list of claims is paged by offset cursors, newest first', async () => {
    const ids = [await op.fileClaim(), await op.fileClaim(), await op.fileClaim()];
    interface Page {
      edges: { node: { id: string } }[];
      pageInfo: { endCursor: string; hasNextPage: boolean };
    }
    const first = (await call('GET', '/v1/claims?size=2')).body as Page;
    const second = (await call('GET', `/v1/claims?size=2&cursor=${first.pageInfo.endCursor}`)).body as Page;
    expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(ids.reverse());
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    expect(Buffer.from(first.pageInfo.endCursor, 'base64').toString()).toBe('arrayconnection:1');
    expect((await call('GET', '/v1/claims?size=101')).status).toBe(400);
  });

  test('a read that lags shows nothing, then the old state, then the new one', async () => {
    await op.configure({ readLagMs: [2_000, 2_000] });
    const claimId = await op.fileClaim();
    expect(await claimOf('BR-20417')).toEqual([]);
    now += 2_000;
    await op.approve(claimId);
    expect(await claimOf('BR-20417')).toMatchObject([{ claimState: 'NEW' }]);
    now += 2_000;
    expect(await claimOf('BR-20417')).toMatchObject([{ claimState: 'APPROVED' }]);
  });

  test('an order is created once, shows its customer unless told not to, and a wrong token is 401', async () => {
    expect((await call('POST', '/v1/orders', { sourceOrderId: 'BR-1', customerEmail: 'a@b.example' })).status).toBe(
      201,
    );
    expect((await call('POST', '/v1/orders', { sourceOrderId: 'BR-1' })).status).toBe(409);
    expect((await call('GET', '/v1/orders/BR-1')).body).toMatchObject({ customerEmail: 'a@b.example' });
    await op.configure({ hideCustomer: true });
    expect((await call('GET', '/v1/orders/BR-1')).body).not.toHaveProperty('customerEmail');
    await op.revokeToken();
    expect((await call('GET', '/v1/orders/BR-1')).body).toEqual({
      statusCode: 401,
      message: 'Unauthorized',
      error: 'Unauthorized',
    });
  });

  test('a claim can be filed by REST, and the limit of a token is 429 with Retry-After', async () => {
    const order = await op.createOrder();
    const issue = { issueType: 'MISSING_ITEM', quantity: 1, sourceItemId: 'li-9002' };
    const body = { email: 'a@b.example', fulfillmentIssues: [{ sourceFulfillmentId: 'f', issues: [issue] }] };
    expect(await call('POST', `/v1/claims/${order}`, body)).toMatchObject({ status: 201, body: { status: 'ok' } });
    expect(op.claims()).toMatchObject([
      { type: 'MISSING_ITEM', authorEmail: 'a@b.example', items: [{ itemId: 'li-9002' }] },
    ]);
    await op.configure({ requestsPerMinute: 1 });
    await call('GET', '/v1/claims');
    expect(await call('GET', '/v1/claims')).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
  });
});

describe('reports', () => {
  test('each is taken once, a repeat is 200, another value is 409, and all of them resolve the claim', async () => {
    const claimId = await op.fileClaim();
    await op.approve(claimId, [{ items: [{ itemId: 'li-9001' }] }, { type: 'RESHIP', items: [{ itemId: 'li-9002' }] }]);
    const refund = { type: 'REFUND', refundId: 'rf_55', amount: '43.20', currency: 'USD' };
    expect((await report(claimId, { ...refund, amount: 50 })).status).toBe(409);
    expect((await report(claimId, refund)).status).toBe(201);
    expect((await report(claimId, { ...refund, amount: 43.2 })).status).toBe(200);
    expect((await report(claimId, { ...refund, refundId: 'rf_56' })).status).toBe(409);
    expect(op.claims()).toMatchObject([{ state: 'APPROVED' }]);
    expect((await report(claimId, { type: 'RESHIP', reshipmentSourceOrderId: 'BR-20901' })).status).toBe(201);
    expect(op.claims()).toMatchObject([{ state: 'RESOLVED_BY_BRAND' }]);
    expect(op.reports(claimId).map(({ status }) => status)).toEqual([409, 201, 200, 409, 201]);
  });

  test('an Idempotency-Key stands for the report that it came with', async () => {
    const claimId = await op.fileClaim();
    await op.approve(claimId);
    const keyed = async (key: string, body: object): Promise<number> => {
      const headers = { authorization: 'Bearer op-token', 'idempotency-key': key };
      const url = `${op.url}/v1/claims/${claimId}/resolutions`;
      return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
    };
    expect(await keyed('res_1', { type: 'REFUND', refundId: 'rf_1' })).toBe(201);
    expect(await keyed('res_1', { type: 'REFUND', refundId: 'rf_1' })).toBe(200);
    expect(await keyed('res_1', { type: 'REFUND', refundId: 'rf_2' })).toBe(409);
    expect(op.reports(claimId).map(({ idempotencyKey }) => idempotencyKey)).toEqual(['res_1', 'res_1', 'res_1']);
  });

  test('a report of a denied claim is 409, and without the route it is 404', async () => {
    const claimId = await op.fileClaim();
    await op.approve(claimId);
    await op.deny(claimId);
    expect((await report(claimId, { type: 'REFUND' })).status).toBe(409);
    await op.configure({ reportRoute: 'absent' });
    expect((await report(claimId, { type: 'REFUND' })).status).toBe(404);
  });

  test('a replacement order that names its original reports the reship', async () => {
    const claimId = await op.fileClaim();
    await op.approve(claimId, [{ type: 'RESHIP' }]);
    const body = { originalSourceOrderId: 'BR-20417' };
    expect((await call('PUT', '/v1/orders/BR-20901', body)).status).toBe(404);
    await op.createOrder({ sourceOrderId: 'BR-20901' });
    expect((await call('PUT', '/v1/orders/BR-20901', body)).status).toBe(200);
    expect(op.reports()).toMatchObject([{ via: 'orders', claimId, status: 201 }]);
    expect(op.claims()).toMatchObject([{ state: 'RESOLVED_BY_BRAND' }]);
  });
});
