import { ROUTES } from '../../src/api/routes';
import { SCOPES, type Scope } from '../../src/store/tokens';
import { aClaimView } from './fake-claims';
import { ADMIN, startApi, type RunningApi } from './running-api';

let api: RunningApi;
let acme: Record<Scope, string>;
let other: Record<Scope, string>;
beforeAll(async () => {
  api = await startApi();
  acme = await api.newBrand('acme');
  other = await api.newBrand('other');
  api.claims.put(aClaimView('acme', 'c1'));
});
afterAll(() => api.stop());

const guarded = ROUTES.filter(({ requires }) => requires !== 'nothing');
const named = guarded.map(({ method, path, requires }) => [method.toUpperCase(), path, requires] as const);
const at = (path: string) => path.replace('{brand}', 'acme').replaceAll(/\{\w+\}/g, 'x1');
const call = async (method: string, path: string, token?: string) => {
  const { status, json, headers } = await api.ask(method, at(path), {
    token,
    ...(method === 'GET' ? {} : { json: {} }),
  });
  return { status, type: json['type'], challenge: headers.get('www-authenticate') };
};

test('every route of the API but webhooks, probes and problem pages asks for a token', () => {
  const open = ROUTES.filter(({ requires }) => requires === 'nothing').map(({ path }) => path);
  expect(open).toEqual([
    '/webhooks/order-protection/{brand}',
    '/healthz',
    '/readyz',
    '/problems/{slug}',
    '/openapi.json',
  ]);
});

describe.each(named)('%s %s', (method, path, requires) => {
  test('is 401 without a token and with a wrong one', async () => {
    const refused = { status: 401, type: '/problems/not-authenticated', challenge: 'Bearer' };
    expect(await call(method, path)).toEqual(refused);
    expect(await call(method, path, 'ck_nobody')).toEqual(refused);
    expect(await call(method, path, `${ADMIN}x`)).toEqual(refused);
  });

  test('is 403 with a token of the brand that lacks the scope, and no other scope stands in for it', async () => {
    for (const scope of SCOPES.filter((one) => one !== requires))
      expect(await call(method, path, acme[scope])).toMatchObject({ status: 403, type: '/problems/missing-scope' });
  });

  if (requires !== 'environment')
    test("is 404 with another brand's token, as if the brand did not exist", async () => {
      for (const scope of SCOPES)
        expect(await call(method, path, other[scope])).toMatchObject({ status: 404, type: '/problems/unknown-brand' });
    });
});

test('the token of the environment holds every brand and scope', async () => {
  expect((await api.ask('GET', '/v1/brands/acme/claims/c1', { token: ADMIN })).status).toBe(200);
  expect((await api.ask('GET', '/v1/brands/other/tokens', { token: ADMIN })).status).toBe(200);
  expect((await api.ask('GET', '/v1/brands', { token: ADMIN })).status).toBe(200);
});

test('a token is minted once in clear, works at once, is listed without itself, and ends when it is revoked', async () => {
  const minted = await api.ask('POST', '/v1/brands/acme/tokens', {
    token: acme.admin,
    json: { name: 'backend', scopes: ['read'] },
  });
  expect(minted).toMatchObject({ status: 201, json: { token: expect.stringMatching(/^ck_/), scopes: ['read'] } });
  const { id, token } = minted.json as { id: string; token: string };
  expect((await api.ask('GET', '/v1/brands/acme/claims/c1', { token })).status).toBe(200);

  const listed = await api.ask('GET', '/v1/brands/acme/tokens', { token: acme.admin });
  expect(listed.json['items']).toEqual(expect.arrayContaining([expect.objectContaining({ id, name: 'backend' })]));
  expect(listed.text).not.toContain(token);

  expect(await api.ask('DELETE', `/v1/brands/acme/tokens/${id}`, { token: acme.admin })).toMatchObject({
    status: 204,
    text: '',
  });
  expect((await api.ask('GET', '/v1/brands/acme/claims/c1', { token })).status).toBe(401);
});

test("another brand's token cannot be revoked, nor one that does not exist", async () => {
  const { items } = (await api.ask('GET', '/v1/brands/other/tokens', { token: ADMIN })).json as {
    items: { id: string }[];
  };
  for (const id of [items[0]?.id ?? '', 'no-such-id']) {
    const { status, json } = await api.ask('DELETE', `/v1/brands/acme/tokens/${id}`, { token: acme.admin });
    expect([status, json['type']]).toEqual([404, '/problems/unknown-token']);
  }
});

test.each([
  [{ scopes: ['read'] }, 'name'],
  [{ name: 'x', scopes: [] }, 'scopes'],
  [{ name: 'x', scopes: ['root'] }, 'scopes.0'],
  [{ name: 'x', scopes: ['read'], brand: 'other' }, ''],
])('a token asked for as %j is 422', async (json, path) => {
  const refused = await api.ask('POST', '/v1/brands/acme/tokens', { token: acme.admin, json });
  expect(refused.status).toBe(422);
  expect(refused.json['errors']).toEqual(expect.arrayContaining([expect.objectContaining({ path })]));
});

test('tokens never reach the log', () => {
  expect(api.log.length).toBeGreaterThan(0);
  for (const token of [ADMIN, ...Object.values(acme)]) expect(api.log.join('')).not.toContain(token);
});

test('of a call that is not served the log repeats only what looks like an id', async () => {
  const before = api.log.length;
  for (const claimId of ['cm-unknown:1', 'mira@example.test', 'Mira Castellan', '+13125550142'])
    await api.ask('GET', `/v1/brands/acme/claims/${encodeURIComponent(claimId)}`, { token: acme.read });
  const logged = api.log.slice(before).map((line) => (JSON.parse(line) as { claimId?: string }).claimId);
  expect(logged).toEqual(['cm-unknown:1', '…', '…', '…']);
});
