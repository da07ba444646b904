import { gzipSync } from 'node:zlib';
import { SECRET, startApi, type Answer, type RunningApi } from '../api/running-api';
import { sample, sampleWith, TOPICS } from '../integrations/order-protection/sample';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  await api.newBrand('acme');
});
afterAll(() => api.stop());

type Sent = { brand?: string; secret?: string | null; headers?: Record<string, string> };

const send = (body: unknown, { brand = 'acme', secret = SECRET, headers = {} }: Sent = {}): Promise<Answer> =>
  api.ask('POST', `/webhooks/order-protection/${brand}`, {
    body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    headers: { ...(secret === null ? {} : { 'x-webhook-secret': secret }), ...headers },
  });

let count = 0;
/** A webhook that was never sent before. */
const fresh = () => ({ ...sample('claim.created', 'api'), id: `event-${++count}` });

const stored = async (deliveryId: unknown, brand = 'acme') =>
  (await api.store.deliveries.list(brand, {})).items.find(({ id }) => id === deliveryId);

describe('the eight cases of a webhook', () => {
  test('a valid one is stored, then answered with 200', async () => {
    const { status, json } = await send(fresh());
    expect({ status, said: json['status'] }).toEqual({ status: 200, said: 'accepted' });
    expect(await stored(json['deliveryId'])).toMatchObject({
      source: 'order-protection',
      topic: 'claim.created',
      claimId: 'cm6v2zdt10002j20vqs7f74hc',
    });
  });

  test('a wrong secret is 401 and nothing is stored', async () => {
    const before = await api.store.deliveries.list('acme', {});
    const { status, json } = await send(fresh(), { secret: SECRET.replace('w', 'v') });
    expect([status, json['type']]).toEqual([401, '/problems/wrong-webhook-secret']);
    expect(await api.store.deliveries.list('acme', {})).toEqual(before);
  });

  test('a changed body is another delivery: Order Protection signs nothing, so the secret is all there is to check', async () => {
    const webhook = fresh();
    const first = await send(webhook);
    const changed = await send({ ...webhook, body: { claim_id: 'another' } });
    expect([first.json['status'], changed.json['status']]).toEqual(['accepted', 'accepted']);
    expect(changed.json['deliveryId']).not.toBe(first.json['deliveryId']);
  });

  test('a missing secret is 401', async () => {
    expect((await send(fresh(), { secret: null })).status).toBe(401);
    expect((await send(fresh(), { secret: '' })).status).toBe(401);
  });

  test('a secret that is only the beginning of the right one is 401, and one that goes on after it', async () => {
    expect((await send(fresh(), { secret: SECRET.slice(0, 5) })).status).toBe(401);
    expect((await send(fresh(), { secret: `${SECRET}x` })).status).toBe(401);
  });

  test('an old time is no reason to refuse: a late webhook is still news', async () => {
    expect((await send({ ...fresh(), created_at: '2019-01-01T00:00:00Z' })).json['status']).toBe('accepted');
  });

  test('a repeat is a duplicate with the id of the first', async () => {
    const webhook = fresh();
    const first = await send(webhook);
    const again = await send(JSON.stringify(webhook, null, 2));
    expect(again.json).toEqual({ deliveryId: first.json['deliveryId'], status: 'duplicate' });
  });

  test('the old secret stays valid beside the new one, until it is taken out', async () => {
    const rotation = (webhookSecrets: string[]) => api.newBrand('rotating', { orderProtection: { webhookSecrets } });
    const to = (secret: string) => send(fresh(), { brand: 'rotating', secret }).then(({ status }) => status);
    await rotation(['old-secret', 'new-secret']);
    expect([await to('old-secret'), await to('new-secret')]).toEqual([200, 200]);
    await rotation(['new-secret']);
    expect([await to('old-secret'), await to('new-secret')]).toEqual([401, 200]);
  });
});

test.each(
  TOPICS.flatMap(
    (topic) =>
      [
        [topic, 'api'],
        [topic, 'app'],
      ] as const,
  ),
)('%s as Order Protection prints it (%s) is taken', async (topic, dialect) => {
  const { status, json } = await send(sample(topic, dialect));
  expect([status, json['status']]).toEqual([200, 'accepted']);
  expect((await stored(json['deliveryId']))?.topic).toBe(topic);
});

describe('the order of the checks', () => {
  const tooLarge = 'x'.repeat(1024 * 1024 + 1);
  const text = { 'content-type': 'text/plain' };
  const cases: [string, number, string, () => Promise<Answer>][] = [
    [
      'an unknown brand comes before all else',
      404,
      'unknown-brand',
      () => send(tooLarge, { brand: 'nobody', secret: 'wrong', headers: text }),
    ],
    [
      'a body over 1 MiB before the content type',
      413,
      'body-too-large',
      () => send(tooLarge, { secret: 'wrong', headers: text }),
    ],
    ['the content type before the secret', 415, 'not-json-type', () => send('{', { secret: 'wrong', headers: text })],
    ['the secret before the JSON', 401, 'wrong-webhook-secret', () => send('{', { secret: 'wrong' })],
    ['at last what is no JSON', 400, 'not-json', () => send('{')],
    ['nothing at all is no JSON either', 400, 'not-json', () => send('')],
    ['nor are bytes that are no UTF-8', 400, 'not-json', () => send(Buffer.from([0x22, 0xff, 0x22]))],
  ];
  test.each(cases)('%s: %d', async (_name, status, slug, sent) => {
    const answer = await sent();
    expect([answer.status, answer.json['type']]).toEqual([status, `/problems/${slug}`]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  test('a brand that does not use Order Protection has no such door', async () => {
    await api.newBrand('without', { orderProtection: null });
    expect((await send(fresh(), { brand: 'without' })).json['type']).toBe('/problems/unknown-brand');
  });

  test('a body of exactly 1 MiB is taken', async () => {
    const webhook = { ...fresh(), padding: '' };
    const padding = 'x'.repeat(1024 * 1024 - JSON.stringify(webhook).length);
    expect((await send({ ...webhook, padding })).status).toBe(200);
  });

  test('a compressed body is unpacked', async () => {
    const body = gzipSync(JSON.stringify(fresh()));
    expect((await send(body, { headers: { 'content-encoding': 'gzip' } })).json['status']).toBe('accepted');
  });
});

describe('what is JSON but cannot be understood is kept in quarantine', () => {
  const cases: [string, unknown][] = [
    ['a list', [fresh()]],
    ['a text', '"claim.created"'],
    ['null', 'null'],
    ['a topic nobody knows', { id: 'q1', topic: 'claim.resolved', body: { claim_id: 'c1' } }],
    ['a known topic without a claim id', { id: 'q2', topic: 'claim.created', body: {} }],
    ['a claim id that no system can hold', sampleWith('claim.created', { claim_id: 'a\u0000b' })],
    ['a claim id over 180 bytes', sampleWith('claim.created', { claim_id: 'é'.repeat(91) })],
    ['nested without end', `{"topic":"claim.created","body":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ];
  test.each(cases)('%s', async (_name, body) => {
    const { status, json } = await send(body);
    expect([status, json['status']]).toEqual([200, 'quarantined']);
    const delivery = await stored(json['deliveryId']);
    expect(delivery).toMatchObject({ status: 'quarantined', claimId: null });
    expect(delivery?.error).toEqual(expect.stringMatching(/\w/));
    expect((await send(body)).json['status']).toBe('duplicate');
  });
});

test('the body is stored as it came', async () => {
  await api.newBrand('verbatim');
  const body = ` ${JSON.stringify(sample('claim.created', 'api'), null, 3)}\n`;
  await send(body, { brand: 'verbatim' });
  const leased = await api.store.deliveries.lease({ limit: 1_000, seconds: 60 });
  expect(leased.find(({ brand }) => brand === 'verbatim')?.body).toBe(body);
});

test('without the database a webhook is 503 and never 200', async () => {
  const cut = await startApi();
  await cut.newBrand('acme');
  await cut.store.close();
  const { status, json, headers } = await cut.ask('POST', '/webhooks/order-protection/acme', {
    json: fresh(),
    headers: { 'x-webhook-secret': SECRET },
  });
  expect([status, json['type']]).toEqual([503, '/problems/not-stored']);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(cut.log.join('')).not.toContain(SECRET);
  await cut.stop();
});
