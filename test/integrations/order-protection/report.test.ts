import { type Answer } from '../../../src/claims/answer';
import { loopbackHttp } from '../../support/loopback-http';
import { createOrderProtection } from '../../../src/integrations/order-protection/client';
import { type Answered, type ReportRoute } from '../../../src/integrations/order-protection/report/route';
import { startStubPartner, type SeenRequest, type StubAnswer, type StubPartner } from '../../support/stub-partner';
import { aClaim, aStore, CLAIM_ID } from './store';

const http: ReportRoute = {
  via: 'http',
  method: 'POST',
  path: '/v1/claims/{claimId}/resolutions',
  body: {
    type: '{kind}',
    reshipmentSourceOrderId: '{reshipOrderId}',
    refundId: '{refundId}',
    amount: '{amount}',
    currency: '{currency}',
    note: 'refund {refundId} of {resolutionId} for {sourceOrderId}',
  },
};
const reshipped: Answer = { outcome: 'reshipped', reshipOrderId: 'BR 20901/a' };
const refunded: Answer = { outcome: 'refunded', refundId: 'rf_55', amount: '28.62', currency: 'USD' };

function answered(answer: Answer, over: Partial<Answered> = {}): Answered {
  const kind = answer.outcome === 'reshipped' ? 'reship' : 'refund';
  return {
    claimId: CLAIM_ID,
    resolutionId: 'res_9f0c2a417be05d11',
    kind,
    sourceOrderId: '#BR 20417/1',
    answer,
    ...over,
  };
}

let partner: StubPartner | undefined;
afterEach(async () => {
  await partner?.close();
  partner = undefined;
});

async function report(
  report: ReportRoute,
  what: Answered,
  answer: (request: SeenRequest) => StubAnswer | null = () => ({ status: 201 }),
) {
  partner = await startStubPartner(answer);
  const client = createOrderProtection(loopbackHttp());
  return client.report({ apiToken: 'op_token', baseUrl: partner.url, report }, what);
}

const sent = (): { line: string; body: unknown }[] =>
  (partner?.seen ?? []).map(({ method, path, body }) => ({
    line: `${method} ${path}`,
    body: body === '' ? null : JSON.parse(body),
  }));

describe('by the documented order calls', () => {
  test('a reshipment is told by naming the order that it replaces', async () => {
    expect(await report({ via: 'orders' }, answered(reshipped), () => ({ body: { status: 'ok' } }))).toEqual({
      done: true,
    });
    expect(sent()).toEqual([{ line: 'PUT /v1/orders/BR%2020901%2Fa', body: { originalSourceOrderId: '#BR 20417/1' } }]);
  });

  test('a refund, for which there is no call, waits for an operator', async () => {
    expect(await report({ via: 'orders' }, answered(refunded))).toMatchObject({
      done: false,
      reason: expect.stringContaining('28.62 USD'),
    });
    expect(sent()).toEqual([]);
  });

  test('a reshipment for an order that is not known waits for an operator', async () => {
    const outcome = await report({ via: 'orders' }, answered(reshipped, { sourceOrderId: null }));
    expect(outcome).toMatchObject({ done: false, reason: expect.stringContaining('BR 20901/a') });
  });

  test('a replacement order that is not there yet is a failure to be tried again later', async () => {
    await expect(report({ via: 'orders' }, answered(reshipped), () => ({ status: 404 }))).rejects.toMatchObject({
      kind: 'rejected',
    });
  });
});

describe('by the route that Order Protection gave the brand', () => {
  test('a refund: values as text, the key of the resolution, nothing that was not said', async () => {
    expect(await report(http, answered(refunded))).toEqual({ done: true });
    expect(sent()).toEqual([
      {
        line: `POST /v1/claims/${CLAIM_ID}/resolutions`,
        body: {
          type: 'REFUND',
          refundId: 'rf_55',
          amount: '28.62',
          currency: 'USD',
          note: 'refund rf_55 of res_9f0c2a417be05d11 for #BR 20417/1',
        },
      },
    ]);
    expect(partner?.seen[0]?.headers).toMatchObject({
      'idempotency-key': 'res_9f0c2a417be05d11',
      'content-type': 'application/json',
      authorization: 'Bearer op_token',
    });
  });

  test('a reshipment and a refund without id leave out what they do not have', async () => {
    await report(http, answered(reshipped));
    expect(sent()[0]?.body).toEqual({
      type: 'RESHIP',
      reshipmentSourceOrderId: 'BR 20901/a',
      note: 'refund  of res_9f0c2a417be05d11 for #BR 20417/1',
    });
    await partner?.close();
    await report(http, answered({ outcome: 'refunded', amount: '5', currency: 'EUR' }));
    expect(sent()[0]?.body).toMatchObject({ type: 'REFUND', amount: '5', currency: 'EUR' });
    expect(sent()[0]?.body).not.toHaveProperty('refundId');
  });

  test('path values are encoded, and a path that needs what the answer does not have waits for an operator', async () => {
    const route: ReportRoute = {
      via: 'http',
      method: 'PUT',
      path: '/v1/orders/{sourceOrderId}/reships/{reshipOrderId}',
      body: {},
    };
    expect(await report(route, answered(reshipped))).toEqual({ done: true });
    expect(sent()[0]?.line).toBe('PUT /v1/orders/%23BR%2020417%2F1/reships/BR%2020901%2Fa');
    await partner?.close();
    expect(await report(route, answered(refunded))).toMatchObject({
      done: false,
      reason: expect.stringContaining('reshipOrderId'),
    });
    expect(sent()).toEqual([]);
  });

  test('values that look like placeholders are not filled again', async () => {
    await report(http, answered({ outcome: 'refunded', refundId: '{amount}', amount: '5', currency: 'EUR' }));
    expect(sent()[0]?.body).toMatchObject({ refundId: '{amount}' });
  });

  test.each([
    ['RESOLVED_BY_BRAND', { done: true }],
    ['APPROVED', { done: false, reason: expect.stringContaining('APPROVED') }],
    ['RESOLVED', { done: false, reason: expect.stringContaining('RESOLVED') }],
  ])('after a conflict a claim that is %s decides', async (claimState, outcome) => {
    const store = aStore({ claims: [aClaim({ claimState })] });
    const result = report(http, answered(refunded), (request) =>
      request.method === 'POST' ? { status: 409 } : store(request),
    );
    expect(await result).toEqual(outcome);
  });

  test.each<[string, StubAnswer | null, object]>([
    ['a lost answer', null, { kind: 'unavailable' }],
    ['500', { status: 500 }, { kind: 'unavailable' }],
    ['401', { status: 401 }, { kind: 'credentials' }],
    ['404', { status: 404 }, { kind: 'rejected' }],
    ['429', { status: 429, headers: { 'retry-after': '3' } }, { kind: 'rateLimited', retryAfterMs: 3_000 }],
  ])('%s is a failure to be repeated with the same key', async (_, answer, failure) => {
    await expect(report(http, answered(refunded), () => answer)).rejects.toMatchObject(failure);
  });
});

test('by hand: an operator is told what to tell', async () => {
  expect(await report({ via: 'manual' }, answered(refunded))).toMatchObject({
    done: false,
    reason: expect.stringContaining('rf_55'),
  });
  expect(sent()).toEqual([]);
});
