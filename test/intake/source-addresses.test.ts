import { brandInput } from '../../src/store/brand-config';
import { SECRET, startApi, type RunningApi } from '../api/running-api';

let direct: RunningApi;
let behindProxy: RunningApi;
beforeAll(async () => {
  direct = await startApi();
  behindProxy = await startApi(undefined, { trustedProxies: ['127.0.0.1', '10.0.0.0/8'] });
  for (const api of [direct, behindProxy]) {
    await api.newBrand('open');
    await api.newBrand('here', { orderProtection: { webhookSecrets: [SECRET], sourceAddresses: ['127.0.0.0/8'] } });
    const sourceAddresses = ['192.0.2.0/24', '2001:db8::/32'];
    await api.newBrand('there', { orderProtection: { webhookSecrets: [SECRET], sourceAddresses } });
  }
});
afterAll(() => Promise.all([direct.stop(), behindProxy.stop()]));

let count = 0;
const send = (api: RunningApi, brand: string, headers: Record<string, string> = {}, body?: string) =>
  api.ask('POST', `/webhooks/order-protection/${brand}`, {
    body: body ?? JSON.stringify({ id: `e${++count}`, topic: 'claim.created', body: { claim_id: 'c1' } }),
    headers: { 'x-webhook-secret': SECRET, ...headers },
  });
const statusOf = async (...sent: Parameters<typeof send>) => (await send(...sent)).status;

test('a brand without a list takes webhooks from everywhere, one with a list from there alone', async () => {
  expect([await statusOf(direct, 'open'), await statusOf(direct, 'here')]).toEqual([200, 200]);
  const refused = await send(direct, 'there');
  expect([refused.status, refused.json['type']]).toEqual([403, '/problems/foreign-address']);
});

test('the address is looked at before the size, the content type and the secret', async () => {
  const wrong = { 'x-webhook-secret': 'wrong', 'content-type': 'text/plain' };
  expect(await statusOf(direct, 'there', wrong, 'x'.repeat(1024 * 1024 + 1))).toBe(403);
});

test('what a stranger says of itself is not believed', async () => {
  expect(await statusOf(direct, 'there', { 'x-forwarded-for': '192.0.2.7' })).toBe(403);
  expect(await statusOf(direct, 'here', { 'x-forwarded-for': '192.0.2.7' })).toBe(200);
});

test.each([
  ['192.0.2.7', 200],
  ['192.0.2.7, 10.1.2.3', 200],
  ['::ffff:192.0.2.7', 200],
  ['2001:db8::7', 200],
  ['198.51.100.7', 403],
  ['192.0.2.7, 198.51.100.7', 403],
  ['192.0.3.1', 403],
  ['not an address', 403],
])('behind a trusted proxy that says "%s" it is %d', async (forwarded, status) => {
  expect(await statusOf(behindProxy, 'there', { 'x-forwarded-for': forwarded })).toBe(status);
});

test('a rejected webhook leaves a line with the address of its sender, and nothing of its secret or body', async () => {
  const secret = 'a-secret-that-is-not-right';
  await send(
    behindProxy,
    'open',
    { 'x-webhook-secret': secret, 'x-forwarded-for': '198.51.100.9' },
    '{"email":"mira@example.test"}',
  );
  const lines = behindProxy.log.filter((line) => line.includes('198.51.100.9'));
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({
      msg: 'webhook rejected',
      brand: 'open',
      source: 'order-protection',
      reason: 'wrong-webhook-secret',
      remoteAddress: '198.51.100.9',
    }),
  ]);
  expect(behindProxy.log.join('')).not.toContain(secret);
  expect(behindProxy.log.join('')).not.toContain('mira');
});

test('a flood of wrong secrets is a few lines', async () => {
  const before = direct.log.length;
  for (let n = 0; n < 20; n++) await send(direct, 'open', { 'x-webhook-secret': 'wrong' });
  expect(direct.log.length - before).toBe(5);
});

test.each(['10.0.0', 'example.test', '10.0.0.0/33', '::/129', ''])('"%s" is no address of a sender', (text) => {
  const input = (sourceAddresses: string[]) => ({ name: 'Acme', orderProtection: { sourceAddresses } });
  expect(brandInput.safeParse(input([text])).success).toBe(false);
  expect(brandInput.safeParse(input([])).success).toBe(false);
});
