import { type Money } from '../../src/claims/money';
import { anEntry, reserve } from '../store/open-stores';
import { startApi, type Answer, type RunningApi } from './running-api';

let api: RunningApi;
let token: string;
beforeAll(async () => {
  api = await startApi();
  token = (await api.newBrand('acme')).resolve;
  // The callback must not need Temporal: it is down all the time.
  api.claims.isDown = true;
});
afterAll(() => api.stop());

const USD: Money = { amount: '28.62', currency: 'USD' };
const refunded = { outcome: 'refunded', refundId: 'rf_55', amount: '28.62', currency: 'USD' };
const reshipped = { outcome: 'reshipped', reshipOrderId: 'BR-20901' };
const declined = { outcome: 'declined', reason: 'out of stock' };

let count = 0;
/** A resolution that was commanded, as the workflow leaves it in the ledger. */
async function commanded(kind: string, amount: Money | null): Promise<string> {
  const resolutionId = `res_${String(++count).padStart(16, '0')}`;
  const command = JSON.stringify({ type: 'resolution.requested', data: { dueAt: '2026-03-05T09:14:07.000Z' } });
  const commandedAt = new Date().toISOString();
  await reserve(api.store, anEntry({ claimId: 'claim-1', resolutionId, kind, amount, command, commandedAt }));
  return resolutionId;
}

const put = (resolutionId: string, json: unknown, claimId = 'claim-1'): Promise<Answer> =>
  api.ask('PUT', `/v1/brands/acme/claims/${claimId}/resolutions/${resolutionId}`, { token, json });

test('the first valid answer is applied and shown, and its signal is stored with it', async () => {
  const id = await commanded('refund', USD);
  const { status, json } = await put(id, refunded);
  expect(status).toBe(200);
  expect(json).toEqual({
    status: 'applied',
    resolution: {
      id,
      kind: 'refund',
      state: 'answered',
      amount: USD,
      dueAt: '2026-03-05T09:14:07.000Z',
      answer: refunded,
      reportedAt: null,
    },
  });
  const leased = await api.store.deliveries.lease({ limit: 100, seconds: 60 });
  const signal = leased.find(({ body }) => body.includes(id));
  expect(signal).toMatchObject({
    brand: 'acme',
    source: 'brand-backend',
    topic: 'resolution.completed',
    claimId: 'claim-1',
  });
  expect(JSON.parse(signal?.body ?? '')).toEqual({ resolutionId: id, ...refunded });
});

describe('what else is applied', () => {
  const cases: [string, string, Money | null, object][] = [
    ['a reship', 'reship', null, reshipped],
    ['less money than approved', 'refund', USD, { ...refunded, amount: '5' }],
    ['a refund without an id', 'refund', USD, { outcome: 'refunded', amount: '28.62', currency: 'USD' }],
    ['a refusal to refund', 'refund', USD, declined],
    ['a refusal to reship', 'reship', null, declined],
  ];
  test.each(cases)('%s', async (_name, kind, amount, body) => {
    expect((await put(await commanded(kind, amount), body)).json['status']).toBe('applied');
  });
});

test('a repeat is a duplicate by value, and stores no second signal', async () => {
  const id = await commanded('refund', USD);
  await put(id, { ...refunded, amount: '28.6' });
  const { status, json } = await put(id, { ...refunded, amount: '28.60' });
  expect([status, json['status']]).toEqual([200, 'duplicate']);
  const { items } = await api.store.deliveries.list('acme', {});
  const leased = await api.store.deliveries.lease({ limit: items.length, seconds: 60 });
  expect(leased.filter(({ body }) => body.includes(id))).toHaveLength(1);
});

describe('what is refused with what was expected', () => {
  const cases: [string, string, Money | null, object, string, string][] = [
    ['a reship for a refund', 'refund', USD, reshipped, 'other-kind', 'outcome "refunded" or "declined"'],
    ['a refund for a reship', 'reship', null, refunded, 'other-kind', 'outcome "reshipped" or "declined"'],
    ['more money', 'refund', USD, { ...refunded, amount: '28.63' }, 'more-money', 'at most 28.62 USD'],
    ['another currency', 'refund', USD, { ...refunded, currency: 'EUR' }, 'other-currency', 'currency USD'],
  ];
  test.each(cases)('%s', async (_name, kind, amount, body, slug, expected) => {
    const id = await commanded(kind, amount);
    const { status, json } = await put(id, body);
    expect({ status, json }).toMatchObject({ status: 409, json: { type: `/problems/${slug}`, expected } });
    expect(
      (await api.store.ledger.forClaim('acme', 'claim-1')).find(({ resolutionId }) => resolutionId === id)?.answer,
    ).toBeNull();
  });

  test('another answer than the accepted one', async () => {
    const id = await commanded('refund', USD);
    await put(id, declined);
    const { status, json } = await put(id, refunded);
    expect({ status, json }).toMatchObject({
      status: 409,
      json: { type: '/problems/already-answered', expected: 'the answer already accepted: declined' },
    });
  });
});

test('an unknown resolution is 404, and so is a known one under another claim or brand', async () => {
  const id = await commanded('refund', USD);
  expect((await put('res_unknown', refunded)).json['type']).toBe('/problems/unknown-resolution');
  expect((await put(id, refunded, 'another-claim')).json['type']).toBe('/problems/unknown-resolution');
  const other = (await api.newBrand('other')).resolve;
  const path = `/v1/brands/other/claims/claim-1/resolutions/${id}`;
  expect((await api.ask('PUT', path, { token: other, json: refunded })).json['type']).toBe(
    '/problems/unknown-resolution',
  );
});

test('an answer to a withdrawn resolution is kept', async () => {
  const id = await commanded('refund', USD);
  await api.store.ledger.withdraw({ brand: 'acme', resolutionId: id }, new Date().toISOString());
  const { status, json } = await put(id, refunded);
  expect([status, json['status']]).toEqual([200, 'applied']);
  expect(json['resolution']).toMatchObject({ answer: refunded });
});

describe('a malformed body is 422 with the fault named', () => {
  const cases: [string, unknown, string][] = [
    ['no object', 'refunded', ''],
    ['a list', [refunded], ''],
    ['null', null, ''],
    ['no outcome', { amount: '1', currency: 'USD' }, 'outcome'],
    ['an unknown outcome', { outcome: 'done' }, 'outcome'],
    ['an amount as number', { ...refunded, amount: 28.62 }, 'amount'],
    ['a negative amount', { ...refunded, amount: '-1' }, 'amount'],
    ['an amount with an exponent', { ...refunded, amount: '1e3' }, 'amount'],
    ['no amount', { outcome: 'refunded', currency: 'USD' }, 'amount'],
    ['no currency', { outcome: 'refunded', amount: '1' }, 'currency'],
    ['a currency in words', { ...refunded, currency: 'dollars' }, 'currency'],
    ['an empty refund id', { ...refunded, refundId: '' }, 'refundId'],
    ['no reship order', { outcome: 'reshipped' }, 'reshipOrderId'],
    ['a reship order with U+0000', { outcome: 'reshipped', reshipOrderId: 'a\u0000' }, 'reshipOrderId'],
    ['a blank reason', { outcome: 'declined', reason: '  ' }, 'reason'],
    ['an endless reason', { outcome: 'declined', reason: 'x'.repeat(513) }, 'reason'],
    ['a field of another outcome', { ...declined, refundId: 'rf_1' }, ''],
  ];
  test.each(cases)('%s', async (_name, body, path) => {
    const { status, json } = await put(await commanded('refund', USD), body);
    expect([status, json['type']]).toEqual([422, '/problems/invalid-input']);
    expect(json['errors']).toEqual(expect.arrayContaining([{ path, message: expect.stringMatching(/\w/) }]));
  });
});

test('without the database the answer is 503, so the brand asks again', async () => {
  const cut = await startApi();
  const { resolve } = await cut.newBrand('acme');
  await cut.store.close();
  const { status, json } = await cut.ask('PUT', '/v1/brands/acme/claims/c/resolutions/r', {
    token: resolve,
    json: refunded,
  });
  expect([status, json['type']]).toEqual([503, '/problems/storage-unavailable']);
  await cut.stop();
});
