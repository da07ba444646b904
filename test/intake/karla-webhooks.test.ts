import { SECRET, SHOP, startApi, type Answer, type RunningApi } from '../api/running-api';
import { sample, sampleWith, signed } from '../integrations/karla/sample';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  await api.newBrand('acme');
});
afterAll(() => api.stop());

interface Sent {
  brand?: string;
  secret?: string;
  /** The whole header instead; null for none. */
  signature?: string | null;
  headers?: Record<string, string>;
}

const send = (
  body: unknown,
  { brand = 'acme', secret = SECRET, signature, headers = {} }: Sent = {},
): Promise<Answer> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const header = signature === undefined ? signed(text, secret) : signature;
  return api.ask('POST', `/webhooks/karla/${brand}`, {
    body: text,
    headers: { ...(header === null ? {} : { 'karla-signature': header }), ...headers },
  });
};

let count = 0;
/** An event that was never sent before. */
const fresh = () => sampleWith('claims/updated', { description: `Event ${++count}` });
const stored = async (deliveryId: unknown, brand = 'acme') =>
  (await api.store.deliveries.list(brand, {})).items.find(({ id }) => id === deliveryId);

test('the sample that Karla publishes is stored, then answered with 200', async () => {
  const { status, json } = await send(sample());
  expect([status, json['status']]).toEqual([200, 'accepted']);
  expect(await stored(json['deliveryId'])).toMatchObject({
    source: 'karla',
    topic: 'claims/created',
    claimId: '38fdc365-7de9-4313-afbd-0ed23717c5e0',
    status: 'pending',
  });
});

test('a repeat that is signed anew and fired later is a duplicate with the id of the first', async () => {
  const event = fresh();
  const first = await send(event);
  const later = { ...event, triggered_at: '2026-01-01T00:00:00Z', context: {} };
  const again = await send(later, {
    signature: signed(JSON.stringify(later), SECRET, Math.floor(Date.now() / 1_000) + 9),
  });
  expect(again.json).toEqual({ deliveryId: first.json['deliveryId'], status: 'duplicate' });
});

test('another ref is stored as ignored and answered with 200', async () => {
  const { status, json } = await send({ ...sample(), ref: 'shipments/delivered/SUCCESSFULLY_DELIVERED' });
  expect([status, json['status']]).toEqual([200, 'ignored']);
  const { items } = await api.store.deliveries.list('acme', { status: 'ignored' });
  expect(items).toEqual([expect.objectContaining({ id: json['deliveryId'], claimId: null, error: null })]);
});

test('what cannot be understood is 200 and kept in quarantine', async () => {
  const { status, json } = await send({ ...sample(), ref: 'claims/archived' });
  expect([status, json['status']]).toEqual([200, 'quarantined']);
  expect((await stored(json['deliveryId']))?.error).toContain('claims/archived');
});

describe('the order of the checks', () => {
  const text = { 'content-type': 'text/plain' };
  const cases: [string, number, string, () => Promise<Answer>][] = [
    ['an unknown brand comes first', 404, 'unknown-brand', () => send('{', { brand: 'nobody', signature: null })],
    ['then the size', 413, 'body-too-large', () => send('x'.repeat(1_048_577), { signature: null, headers: text })],
    ['then the content type', 415, 'not-json-type', () => send('{', { signature: null, headers: text })],
    ['then the signature', 401, 'wrong-webhook-secret', () => send('{', { signature: null })],
    ['at last what is no JSON', 400, 'not-json', () => send('{')],
  ];
  test.each(cases)('%s: %d', async (_name, status, slug, sent) => {
    const answer = await sent();
    expect([answer.status, answer.json['type']]).toEqual([status, `/problems/${slug}`]);
  });
});

describe('401, and nothing is stored', () => {
  const minutesAgo = (minutes: number): number => Math.floor(Date.now() / 1_000) - minutes * 60;
  const body = JSON.stringify(sample());
  test.each<[string, string, Sent]>([
    ['the secret of another', body, { secret: 'another-secret' }],
    ['a signature of six minutes ago', body, { signature: signed(body, SECRET, minutesAgo(6)) }],
    ['a signature of six minutes ahead', body, { signature: signed(body, SECRET, minutesAgo(-6)) }],
    [
      'a body of which one byte was changed',
      body.replace('right side', 'left  side'),
      { signature: signed(body, SECRET) },
    ],
    ['the secret of Order Protection instead', body, { signature: null, headers: { 'x-webhook-secret': SECRET } }],
    ['the event of another shop', JSON.stringify({ ...sample(), shop_id: 'b1a7c0de' }), {}],
  ])('%s', async (_name, sent, how) => {
    const before = await api.store.deliveries.list('acme', {});
    const { status, json } = await send(sent, how);
    expect([status, json['type']]).toEqual([401, '/problems/wrong-webhook-secret']);
    expect(await api.store.deliveries.list('acme', {})).toEqual(before);
  });
});

test('the shop may be left out or written in capitals: the signature says who it is', async () => {
  const { shop_id: _, ...without } = fresh();
  expect((await send(without)).status).toBe(200);
  expect((await send({ ...fresh(), shop_id: SHOP.toUpperCase() })).status).toBe(200);
});

test('the old secret stays valid beside the new one, until it is taken out', async () => {
  const rotation = (webhookSecrets: string[]) =>
    api.newBrand('rotating', { karla: { shopId: SHOP, shopSlug: 'gokarla', webhookSecrets } });
  const to = (secret: string) => send(fresh(), { brand: 'rotating', secret }).then(({ status }) => status);
  await rotation(['old-secret', 'new-secret']);
  expect([await to('old-secret'), await to('new-secret')]).toEqual([200, 200]);
  await rotation(['new-secret']);
  expect([await to('old-secret'), await to('new-secret')]).toEqual([401, 200]);
});

test('a brand without Karla has no such door', async () => {
  await api.newBrand('without', { karla: null });
  expect((await send(fresh(), { brand: 'without' })).json['type']).toBe('/problems/unknown-brand');
});
