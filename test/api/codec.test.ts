import { type Payload } from '@temporalio/common';
import { DatabaseUnavailable } from '../../src/store/errors';
import { createVault } from '../../src/store/vault';
import { SERVICE_KEY } from '../../src/temporal/codec';
import { payloadConverter } from '../../src/temporal/payload-converter';
import { createPayloadSeal } from '../../src/temporal/payload-seal';
import { type JsonPayload } from '../../src/temporal/remote-codec';
import { vault } from '../store/open-stores';
import { ADMIN, startApi, TEMPORAL_WEB, type Ask, type RunningApi } from './running-api';

let now = new Date('2026-03-02T09:14:07Z');
let api: RunningApi;
let acme: { operate: string; read: string };
beforeAll(async () => {
  api = await startApi(undefined, { now: () => now });
  acme = await api.newBrand('acme');
  await api.newBrand('other');
});
afterAll(() => api.stop());

const reasons: string[] = [];
const seal = createPayloadSeal(vault, (reason) => reasons.push(reason));
const asJson = ({ metadata, data }: Payload): JsonPayload => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  ),
  data: Buffer.from(data ?? []).toString('base64'),
});
const clear = (value: unknown): JsonPayload => asJson(payloadConverter.toPayload(value));
const sealed = (key: string, value: unknown): JsonPayload => asJson(seal.seal(key, payloadConverter.toPayload(value)));
const decode = (payloads: unknown, ask: Ask) => api.ask('POST', '/codec/decode', { json: { payloads }, ...ask });

test('an operator sees the payloads of their brand in clear, in their order', async () => {
  const answer = await decode([sealed('acme', { email: 'mira@example.test' }), sealed('acme', null), clear('plain')], {
    token: acme.operate,
  });
  expect(answer).toMatchObject({
    status: 200,
    json: { payloads: [clear({ email: 'mira@example.test' }), clear(null), clear('plain')] },
  });
});

test("another brand's payloads and the service's own come back as they are, also when they pretend to be the caller's", async () => {
  const theirs = sealed('other', 'theirs');
  const renamed = {
    ...theirs,
    metadata: { ...theirs.metadata, 'encryption-key-id': Buffer.from('acme').toString('base64') },
  };
  const payloads = [theirs, renamed, sealed(SERVICE_KEY, 'ours'), sealed('acme', 'mine')];
  const answer = await decode(payloads, { token: acme.operate });
  expect(answer.json).toEqual({ payloads: [theirs, renamed, payloads[2], clear('mine')] });
});

test("the token of the environment sees every brand's, and the service's own", async () => {
  const payloads = [sealed('acme', 1), sealed('other', 2), sealed(SERVICE_KEY, 3)];
  expect((await decode(payloads, { token: ADMIN })).json).toEqual({ payloads: [clear(1), clear(2), clear(3)] });
});

test('what does not open comes back as it is, and the log says why', async () => {
  const lost = createPayloadSeal(createVault([Buffer.alloc(32, 9)]), () => undefined);
  const payloads = [
    asJson(lost.seal('acme', payloadConverter.toPayload('lost'))),
    { ...sealed('acme', 'cut'), data: 'AAAA' },
    { metadata: { encoding: 'bWFydGlhbg==' }, data: 'AAAA' },
    {},
  ];
  expect((await decode(payloads, { token: acme.operate })).json).toEqual({ payloads });
  expect(api.log.join('')).toContain('add that key to CLAIMKEEPER_MASTER_KEYS');
});

test('what an operator sends is sealed for their brand; without a brand, and without payloads, nothing changes', async () => {
  const payloads = [clear({ reason: 'Mira called' }), clear(null)];
  const encode = (json: object, token: string) => api.ask('POST', '/codec/encode', { json, token });
  const sealedForAcme = (await encode({ payloads }, acme.operate)).json['payloads'];
  expect(JSON.stringify(sealedForAcme)).not.toContain(payloads[0]?.data);
  expect((await decode(sealedForAcme, { token: acme.operate })).json).toEqual({ payloads });
  expect((await encode({ payloads }, ADMIN)).json).toEqual({ payloads });
  expect((await encode({}, acme.operate)).json).toEqual({ payloads: [] });
});

test.each([
  [{ payloads: 'none' }, 'payloads'],
  [{ payloads: [{ data: 'not base64!' }] }, 'payloads.0.data'],
  [{ payloads: [{ metadata: { encoding: 7 } }] }, 'payloads.0.metadata.encoding'],
])('%j is 422', async (json, path) => {
  const refused = await api.ask('POST', '/codec/decode', { token: acme.operate, json });
  expect(refused.status).toBe(422);
  expect(refused.json['errors']).toEqual([expect.objectContaining({ path })]);
});

describe('the audit log', () => {
  const looks = async () =>
    (await api.store.audit.list({ limit: 200 })).filter(({ action }) => action === 'POST /codec/decode');

  test('has a line for a minute of looking, with who looked at the payloads of which brands', async () => {
    now = new Date('2026-03-02T09:15:00Z');
    const before = (await looks()).length;
    const payloads = [sealed('acme', 1), sealed('other', 2), sealed('Mira Castellan', 3), clear(4)];
    await Promise.all(Array.from({ length: 5 }, () => decode(payloads, { token: ADMIN })));
    await decode(payloads, { token: acme.operate });
    const lines = (await looks()).slice(0, -before || undefined);
    expect(lines).toEqual([
      expect.objectContaining({
        actor: expect.stringMatching(/^token /),
        brand: 'acme',
        details: { brands: ['acme'] },
      }),
      expect.objectContaining({ actor: 'admin', brand: null, details: { brands: ['acme', 'other'] } }),
    ]);
    now = new Date('2026-03-02T09:16:00Z');
    await decode(payloads, { token: ADMIN });
    expect((await looks()).length).toBe(before + 3);
  });

  test('is written before anything is shown: nothing is, while it cannot be', async () => {
    now = new Date('2026-03-02T09:17:00Z');
    const { audit } = api.store;
    api.store.audit = { ...audit, append: () => Promise.reject(new DatabaseUnavailable('gone')) };
    const ask = () => decode([sealed('acme', 'hidden'), sealed('other', 1)], { token: ADMIN });
    const refused = await ask().finally(() => (api.store.audit = audit));
    expect([refused.status, refused.json['payloads']]).toEqual([503, undefined]);
    expect((await ask()).status).toBe(200);
  });
});

describe('a web page', () => {
  const preflight = (origin: string, path = '/codec/decode') =>
    api.ask('OPTIONS', path, {
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-namespace',
      },
    });

  test('of an allowed origin may send what Temporal Web sends', async () => {
    const { status, headers } = await preflight(TEMPORAL_WEB);
    expect(status).toBe(204);
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': TEMPORAL_WEB,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type, x-namespace',
      vary: expect.stringMatching(/origin/i),
    });
    const answer = await decode([], {
      token: acme.operate,
      headers: { origin: TEMPORAL_WEB, 'x-namespace': 'default' },
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, TEMPORAL_WEB]);
  });

  test('of an allowed origin can read why it was refused', async () => {
    const { status, headers } = await decode([], { headers: { origin: TEMPORAL_WEB } });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([401, TEMPORAL_WEB]);
  });

  test.each([
    'https://temporal.example.evil.test',
    'https://evil.test',
    'http://temporal.example',
    'https://temporal.example:8443',
    'https://TEMPORAL.example',
    'null',
  ])('of %s is allowed nothing', async (origin) => {
    const { status, headers } = await preflight(origin);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([405, null]);
    const answer = await decode([], { token: acme.operate, headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('is allowed nothing but decoding', async () => {
    const { headers } = await preflight(TEMPORAL_WEB, '/v1/brands');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('in the sandbox', () => {
  let sandbox: RunningApi;
  beforeAll(async () => {
    sandbox = await startApi(undefined, { opensOnLoopback: true });
    await sandbox.newBrand('acme');
  });
  afterAll(() => sandbox.stop());

  const ask = (headers: Record<string, string>) =>
    sandbox.ask('POST', '/codec/decode', { json: { payloads: [sealed('acme', 1)] }, headers });

  test.each([{}, { origin: TEMPORAL_WEB }])('this machine needs no token (%j)', async (headers) => {
    expect(await ask(headers as Record<string, string>)).toMatchObject({ status: 200, json: { payloads: [clear(1)] } });
  });

  test('a page of any other site that is open on this machine still does', async () => {
    expect((await ask({ origin: 'https://evil.test' })).status).toBe(401);
  });

  test('nothing else is open', async () => {
    expect((await sandbox.ask('GET', '/v1/brands')).status).toBe(401);
  });
});

test('outside the sandbox this machine needs a token like everybody', async () => {
  expect((await decode([], {})).status).toBe(401);
  expect((await decode([], { token: acme.read })).status).toBe(403);
});
