import { Webhook } from 'standardwebhooks';
import { loopbackHttp } from '../../support/loopback-http';
import { createBrandBackend } from '../../../src/integrations/brand-backend/client';
import { startStubPartner, type SeenRequest, type StubAnswer, type StubPartner } from '../../support/stub-partner';

const OLD = `whsec_${Buffer.from('the old secret of twenty-four').toString('base64')}`;
const NEW = `whsec_${Buffer.from('the new secret of twenty-four').toString('base64')}`;
const FOREIGN = `whsec_${Buffer.from('a secret of somebody elsewhere').toString('base64')}`;

const command = {
  webhookId: 'res_9f0c2a417be05d11',
  body: '{"type":"resolution.requested",  "data":{"title":"Käse, \\u00e9, 🧀"}}',
};

let partner: StubPartner | undefined;
afterEach(async () => {
  await partner?.close();
  partner = undefined;
});

async function send(
  signingSecrets: string[],
  answer: () => StubAnswer | null = () => ({ status: 204, body: '' }),
  now: () => Date = () => new Date(),
  attempts = 1,
): Promise<SeenRequest[]> {
  partner ??= await startStubPartner(answer);
  const backend = createBrandBackend(loopbackHttp(), now);
  for (let attempt = 0; attempt < attempts; attempt++)
    await backend.send({ url: `${partner.url}/hooks/claims`, signingSecrets }, command);
  return partner.seen;
}

function verify(secret: string, { body, headers }: SeenRequest): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}

test('a command arrives byte for byte, and its signature holds by the Standard Webhooks package', async () => {
  const [seen] = await send([NEW]);
  expect(seen).toMatchObject({ method: 'POST', path: '/hooks/claims', body: command.body });
  expect(seen?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': command.webhookId });
  expect(seen && verify(NEW, seen)).toEqual(JSON.parse(command.body));
  expect(() => seen && verify(FOREIGN, seen)).toThrow('No matching signature found');
});

test('while secrets are rotated the command holds for the old one and for the new one', async () => {
  const [seen] = await send([NEW, OLD]);
  expect(seen?.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
  for (const secret of [NEW, OLD]) expect(seen && verify(secret, seen)).toEqual(JSON.parse(command.body));
});

test('a repeat has the same id and bytes, and its own time and signature', async () => {
  const start = Date.now();
  let calls = 0;
  const seen = await send([NEW], undefined, () => new Date(start + 60_000 * calls++), 2);
  expect(new Set(seen.map(({ body, headers }) => `${String(headers['webhook-id'])}${body}`)).size).toBe(1);
  expect(new Set(seen.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(2);
  expect(new Set(seen.map(({ headers }) => headers['webhook-signature'])).size).toBe(2);
  for (const request of seen) expect(verify(NEW, request)).toEqual(JSON.parse(command.body));
});

test.each([200, 201, 202, 204])('%i is delivered', async (status) => {
  await expect(send([NEW], () => ({ status, body: '' }))).resolves.toHaveLength(1);
});

test.each<[string, StubAnswer | null, object]>([
  ['410 stops sending', { status: 410 }, { kind: 'gone' }],
  ['429 waits as told', { status: 429, headers: { 'retry-after': '9' } }, { kind: 'rateLimited', retryAfterMs: 9_000 }],
  ['429 without a wait', { status: 429 }, { kind: 'rateLimited' }],
  ['a redirect is not followed', { status: 307, headers: { location: '/elsewhere' } }, { kind: 'unavailable' }],
  ['400 is sent again', { status: 400 }, { kind: 'unavailable' }],
  ['401 is sent again', { status: 401 }, { kind: 'unavailable' }],
  ['404 is sent again', { status: 404 }, { kind: 'unavailable' }],
  [
    '503 is sent again, after its wait',
    { status: 503, headers: { 'retry-after': '2' } },
    { kind: 'unavailable', retryAfterMs: 2_000 },
  ],
  ['no answer is sent again', null, { kind: 'unavailable' }],
])('%s', async (_, answer, failure) => {
  await expect(send([NEW], () => answer)).rejects.toMatchObject({
    name: 'PartnerError',
    partner: 'brand-backend',
    ...failure,
  });
  expect(partner?.seen).toHaveLength(1);
});

test.each([
  ['no secret is set', []],
  ['one of the secrets is none', [NEW, 'whsec_not base64!']],
])('nothing unsigned is sent when %s', async (_, secrets) => {
  await expect(send(secrets)).rejects.toMatchObject({
    kind: 'credentials',
    message: expect.stringContaining('signingSecrets'),
  });
  expect(partner?.seen).toEqual([]);
});

test('no secret is in what a failure says', async () => {
  const failure = await send(['whsec_not base64!']).catch(String);
  expect(failure).not.toContain('not base64!');
});
