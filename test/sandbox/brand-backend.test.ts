import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Webhook } from 'standardwebhooks';

import { startBrandBackendSimulator, type BrandBackendSimulator } from '../../sandbox/brand-backend/simulator';
import { startReceiver, type Receiver } from './receiver';
import { until } from './until';
import { stopLater } from './stop-later';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const TIME = '2026-03-02T09:14:07Z';

let brand: BrandBackendSimulator;
let api: Receiver;

const resolution = (kind: 'refund' | 'reship' = 'refund', id = 'res_9f0c2a417be05d11') => ({
  brand: 'acme',
  claimId: 'cmxk3v8q2',
  resolutionId: id,
  kind,
  order: { sourceOrderId: 'BR-20417', number: '#20417' },
  items: [{ lineItemId: 'li-9001', sku: 'KTL-BLU', title: 'Kettle, blue', quantity: 1 }],
  amount: kind === 'refund' ? { amount: '28.62', currency: 'USD' } : null,
  shippingAddress: null,
  unconfirmedAddress: null,
  answer: { method: 'PUT', url: `${api.url}/v1/brands/acme/claims/cmxk3v8q2/resolutions/${id}` },
  dueAt: TIME,
});

async function send(type: string, data: object, id: string, { secret = SECRET, to = brand.url } = {}): Promise<number> {
  const body = JSON.stringify({ type, timestamp: TIME, data });
  const at = new Date();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
  return (await fetch(`${to}/commands`, { method: 'POST', headers, body })).status;
}
const request = (data = resolution()) => send('resolution.requested', data, data.resolutionId);
const answers = (): unknown[] => api.received.map(({ raw }) => JSON.parse(raw) as unknown);

beforeEach(async () => {
  api = stopLater(await startReceiver());
  brand = stopLater(
    await startBrandBackendSimulator({
      signingSecrets: [SECRET, OTHER],
      token: 'ck_brand',
      retrySchedule: { afterMs: [1], givesUp: false },
    }),
  );
});

test('a refund is made and answered with the amount, by the token of the brand', async () => {
  expect(await request()).toBe(200);
  await until(() => brand.callbacks()[0]?.state === 'accepted');
  expect(answers()).toEqual([
    { outcome: 'refunded', refundId: expect.any(String) as unknown, amount: '28.62', currency: 'USD' },
  ]);
  expect(api.received[0]).toMatchObject({
    method: 'PUT',
    url: '/v1/brands/acme/claims/cmxk3v8q2/resolutions/res_9f0c2a417be05d11',
    headers: { authorization: 'Bearer ck_brand' },
  });
});

test('a reship is answered with an order id', async () => {
  await request(resolution('reship'));
  await until(() => api.received.length === 1);
  expect(answers()).toEqual([{ outcome: 'reshipped', reshipOrderId: expect.stringMatching(/^BR-9\d{4}$/) as unknown }]);
});

test('it acts once per webhook-id, whatever is repeated', async () => {
  await Promise.all([request(), request(), request()]);
  await send('resolution.reminder', resolution(), 'res_9f0c2a417be05d11.reminder.1');
  expect(brand.acted()).toMatchObject([{ webhookId: 'res_9f0c2a417be05d11', what: 'refunded' }]);
  expect(brand.commands('cmxk3v8q2').map(({ duplicate }) => duplicate)).toEqual([false, true, true, false]);
});

test('a wrong signature is 401 and kept, a second secret is good', async () => {
  expect(
    await send('resolution.requested', resolution(), 'res_9f0c2a417be05d11', { secret: 'whsec_bm9uc2Vuc2U=' }),
  ).toBe(401);
  expect(brand.deliveries()).toMatchObject([{ verified: false, body: null }]);
  expect(await send('resolution.requested', resolution(), 'res_9f0c2a417be05d11', { secret: OTHER })).toBe(200);
  expect(brand.acted()).toHaveLength(1);
});

test.each<[string, string, object, string]>([
  ['an unknown part', 'resolution.requested', { surprise: 1 }, 'res_9f0c2a417be05d11'],
  ['an unknown type', 'resolution.changed', {}, 'res_9f0c2a417be05d11'],
  ['another webhook-id than the contract gives', 'resolution.requested', {}, 'msg_1'],
])('%s is 400 and nothing is done', async (_what, type, change, id) => {
  expect(await send(type, { ...resolution(), ...change }, id)).toBe(400);
  expect(brand.acted()).toEqual([]);
});

test('a callback is repeated until it is accepted, and not after a 4xx', async () => {
  api.answers.push(500, 429, 503);
  await request();
  await until(() => brand.callbacks()[0]?.state === 'accepted');
  expect(brand.callbacks()[0]?.attempts.map(({ answer }) => answer)).toEqual([500, 429, 503, 200]);
  api.answers.push(409);
  await request(resolution('refund', 'res_2'));
  await until(() => brand.callbacks('res_2')[0]?.state === 'refused');
  expect(api.received).toHaveLength(5);
});

test('policies: by hand, declined, and never', async () => {
  await brand.setPolicy({ answer: 'manual' });
  await request();
  expect(brand.acted()).toEqual([]);
  const said = await brand.answer('res_9f0c2a417be05d11', { outcome: 'refunded', amount: '5.00', currency: 'USD' });
  expect(said).toMatchObject({ answer: 200 });
  expect(brand.acted()).toMatchObject([{ what: 'refunded', amount: { amount: '5.00' } }]);
  await brand.setPolicy({ answer: 'decline', reason: 'sold out' }, 'cmxk3v8q2');
  await request(resolution('reship', 'res_2'));
  await until(() => brand.callbacks('res_2')[0]?.state === 'accepted');
  expect(answers().at(-1)).toEqual({ outcome: 'declined', reason: 'sold out' });
  await brand.setPolicy({ answer: 'never' }, 'cmxk3v8q2');
  await request(resolution('reship', 'res_3'));
  expect(brand.callbacks('res_3')).toEqual([]);
});

test('what is withdrawn before it is requested is not done', async () => {
  expect(await send('resolution.withdrawn', resolution(), 'res_9f0c2a417be05d11.withdrawn')).toBe(200);
  await request();
  expect(brand.acted()).toEqual([]);
  expect(brand.callbacks()).toEqual([]);
});

test('protection is billed once and needs no callback', async () => {
  const premium = {
    brand: 'acme',
    eventId: 'e1',
    order: { sourceOrderId: 'BR-20417', number: null },
    amount: { amount: '3.45', currency: 'USD' },
  };
  await send('protection.added', premium, 'prot_1');
  await send('protection.added', premium, 'prot_1');
  expect(brand.acted()).toMatchObject([{ webhookId: 'prot_1', what: 'billed', amount: { amount: '3.45' } }]);
  expect(brand.callbacks()).toEqual([]);
});

test('a callback that was not sent is sent after a restart, and the act is not repeated', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'brand-'));
  const options = { stateFile: join(folder, 'brand.json'), signingSecrets: [SECRET] };
  const first = stopLater(await startBrandBackendSimulator(options));
  await send('resolution.requested', resolution(), 'res_9f0c2a417be05d11', { to: first.url });
  await first.stop();
  expect(api.received).toEqual([]);
  const second = stopLater(await startBrandBackendSimulator({ ...options, token: 'ck_brand' }));
  await until(() => second.callbacks()[0]?.state === 'accepted');
  await send('resolution.requested', resolution(), 'res_9f0c2a417be05d11', { to: second.url });
  expect(second.acted()).toHaveLength(1);
  await second.stop();
  await rm(folder, { recursive: true });
});
