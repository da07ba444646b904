import express, { type Express } from 'express';
import { z } from 'zod';
import { type Route } from '../../src/api/route';
import { ROUTES } from '../../src/api/routes';
import { SCOPES, type Scope } from '../../src/store/tokens';
import { aDelivery, anEntry, reserve } from '../store/open-stores';
import { aClaimView } from './fake-claims';
import { ADMIN, SECRET, startApi, type RunningApi } from './running-api';
import { sampleOf } from './sample';

type Ids = Readonly<Record<string, string>>;

let api: RunningApi;
let acme: Record<Scope, string>;
let other: Record<Scope, string>;
/** Tokens of acme with every scope that are over. */
let over: { revoked: string; expired: string };
/** Of things that are there, by collection, and are the other brand's. */
let idsOfOther: Ids;
beforeAll(async () => {
  api = await startApi();
  const { tokens, deliveries } = api.store;
  acme = await api.newBrand('acme', { karla: { shopId: 'shop', shopSlug: 'shop', webhookSecrets: [SECRET] } });
  other = await api.newBrand('other');
  api.claims.put(aClaimView('acme', 'c1'));
  api.claims.put(aClaimView('other', 'of-other'));
  const terms = { brand: 'acme', name: 'over', scopes: [...SCOPES] };
  const revoked = await tokens.mint(terms);
  await tokens.revoke('acme', revoked.id);
  const expired = await tokens.mint({ ...terms, expiresAt: new Date(Date.now() - 1_000).toISOString() });
  over = { revoked: revoked.token, expired: expired.token };
  idsOfOther = {
    claims: 'of-other',
    resolutions: (await reserve(api.store, anEntry({ brand: 'other', claimId: 'of-other' }))).resolutionId,
    deliveries: (await deliveries.record(aDelivery({ brand: 'other' }))).deliveryId,
    tokens: (await tokens.mint({ ...terms, brand: 'other' })).id,
  };
});
afterAll(() => api.stop());

const guarded = ROUTES.filter(({ requires }) => requires !== 'nothing');

/** A body that the row takes. */
function bodyOf({ body }: Route): unknown {
  if (body === undefined) return undefined;
  const { $defs = {}, ...schema } = z.toJSONSchema(body, { io: 'input' });
  return sampleOf(schema, $defs);
}

const at = (path: string, ids: Ids = {}): string =>
  path
    .replace('{brand}', 'acme')
    .replaceAll(/(\w+)\/\{\w+\}/g, (_, collection: string) => `${collection}/${ids[collection] ?? 'x1'}`);

async function call(row: Route, token?: string, ids?: Ids) {
  const { status, json, headers } = await api.ask(row.method.toUpperCase(), at(row.path, ids), {
    token,
    json: bodyOf(row),
  });
  return { status, type: json['type'], challenge: headers.get('www-authenticate') };
}

describe.each(guarded.map((row) => [row.method.toUpperCase(), row.path, row] as const))(
  '%s %s',
  (_method, _path, row) => {
    test('is 401 without a token, and with one that is wrong, revoked or expired', async () => {
      const refused = { status: 401, type: '/problems/not-authenticated', challenge: 'Bearer' };
      for (const token of [undefined, 'ck_nobody', `${ADMIN}x`, acme.admin.slice(0, -1), over.revoked, over.expired])
        expect(await call(row, token)).toEqual(refused);
    });

    test('is 403 with a token of the brand that lacks the scope, and no other scope stands in for it', async () => {
      for (const scope of SCOPES.filter((one) => one !== row.requires))
        expect(await call(row, acme[scope])).toMatchObject({ status: 403, type: '/problems/missing-scope' });
    });

    if (row.path.includes('{brand}'))
      test("is 404 with another brand's token, as if the brand did not exist", async () => {
        for (const scope of SCOPES)
          expect(await call(row, other[scope])).toMatchObject({ status: 404, type: '/problems/unknown-brand' });
      });

    if (/\{brand\}.*\{/.test(row.path))
      test("is 404 for what is another brand's, as if it did not exist", async () => {
        for (const token of [acme[row.requires as Scope], ADMIN])
          expect(await call(row, token, idsOfOther)).toMatchObject({
            status: 404,
            type: expect.stringMatching(/^\/problems\/unknown-(?!brand|route)/),
          });
      });

    if (row.body !== undefined)
      test('has a body whose description gives an example', () => {
        expect(row.body?.safeParse(bodyOf(row))).toMatchObject({ success: true });
      });
  },
);

test('what asks for no token is a door where senders prove themselves, or tells nothing of any brand', async () => {
  for (const { method, path, webhook } of ROUTES.filter(({ requires }) => requires === 'nothing')) {
    if (webhook === undefined) expect([method, path]).toEqual(['get', expect.not.stringContaining('{brand}')]);
    else expect(await api.ask('POST', at(path), { json: {} })).toMatchObject({ status: 401 });
  }
});

describe('Express', () => {
  /** Every path that has a route, with its methods, and every path that has anything else. */
  function servedBy(app: Express): string[] {
    const { stack } = app.router as unknown as {
      stack: { slash: boolean; name: string; route?: { path: string; stack: { method?: string }[] } }[];
    };
    return stack.flatMap(({ slash, name, route }) =>
      route === undefined
        ? slash
          ? []
          : [`${name} under a path of its own`]
        : route.stack.flatMap(({ method }) => (method === undefined ? [] : [`${method} ${route.path}`])),
    );
  }
  const table = ROUTES.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`);

  test('serves what is in the table and nothing else, but the question of browsers whether they may call', () => {
    expect(servedBy(api.app).sort()).toEqual([...table, 'answerPreflight under a path of its own'].sort());
  });

  test('would be caught serving something else', () => {
    const app = express();
    app.get('/hidden', () => undefined);
    app.use('/under', () => undefined);
    app.use(() => undefined);
    expect(servedBy(app)).toEqual(['get /hidden', expect.stringContaining('under a path of its own')]);
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

test('a token may be minted with an end, which is listed in UTC', async () => {
  const minted = await api.ask('POST', '/v1/brands/acme/tokens', {
    token: acme.admin,
    json: { name: 'brief', scopes: ['read'], expiresAt: '2999-01-01T01:00:00+01:00' },
  });
  expect(minted).toMatchObject({ status: 201, json: { expiresAt: '2999-01-01T00:00:00.000Z' } });
  const { id, token } = minted.json as { id: string; token: string };
  expect((await api.ask('GET', '/v1/brands/acme/claims/c1', { token })).status).toBe(200);
  const listed = await api.ask('GET', '/v1/brands/acme/tokens', { token: acme.admin });
  const expected = expect.objectContaining({ id, expiresAt: '2999-01-01T00:00:00.000Z' });
  expect(listed.json['items']).toEqual(expect.arrayContaining([expected]));
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
  [{ name: 'x', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  [{ name: 'x', scopes: ['read'], expiresAt: 'tomorrow' }, 'expiresAt'],
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
