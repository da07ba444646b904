import { isAudited } from '../../src/api/audit';
import { ROUTES } from '../../src/api/routes';
import { type AuditLine } from '../../src/store/audit';
import { DatabaseUnavailable } from '../../src/store/errors';
import { type Scope } from '../../src/store/tokens';
import { aClaimView } from './fake-claims';
import { ADMIN, startApi, type Ask, type RunningApi } from './running-api';

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

/** Does `work` while lines with these outcomes cannot be written. */
async function withoutWriting<T>(lost: readonly string[], work: () => Promise<T>): Promise<T> {
  const audit = api.store.audit;
  const append: typeof audit.append = (entry) =>
    lost.includes(entry.outcome) ? Promise.reject(new DatabaseUnavailable('gone')) : audit.append(entry);
  api.store.audit = { ...audit, append };
  return work().finally(() => (api.store.audit = audit));
}

/** The lines that a call leaves, in order, and its answer. */
async function lines(method: string, path: string, ask: Ask) {
  const [last] = await api.store.audit.list({ limit: 1 });
  const answer = await api.ask(method, path, ask);
  const all = (await api.store.audit.list({ limit: 50 })).toReversed();
  return { answer, lines: all.filter(({ seq }) => seq > (last?.seq ?? 0)) };
}

const REASON = 'Mira Lindqvist of 12 Elm Street called from +1 415 555 0132';
const retrySync = () =>
  lines('POST', '/v1/brands/acme/claims/c1/retry-sync', { token: acme.operate, json: { reason: REASON } });

const outcomes = (found: AuditLine[]) => found.map(({ outcome }) => outcome);
const audited = ROUTES.filter(isAudited).map(({ method, path }) => [method.toUpperCase(), path] as const);
const at = (path: string) => path.replace('{brand}', 'acme').replaceAll(/\{\w+\}/g, 'x1');

test('the calls that are audited are all that change something, but webhooks and callbacks; looks have lines of their own', () => {
  const notAudited = ROUTES.filter(({ method, webhook }) => method !== 'get' && webhook === undefined)
    .filter((row) => !isAudited(row) && !row.isLook)
    .map(({ path }) => path);
  expect(notAudited).toEqual(['/v1/brands/{brand}/claims/{claimId}/resolutions/{resolutionId}']);
});

describe.each(audited)('%s %s', (method, path) => {
  test('leaves a line when it is refused for lack of the scope, and none without a token', async () => {
    const { lines: refused } = await lines(method, at(path), { token: acme.read, json: {} });
    expect(refused).toEqual([
      expect.objectContaining({
        actor: expect.stringMatching(/^token tok_/),
        action: `${method} ${path}`,
        outcome: 'refused',
        details: expect.objectContaining({ status: 403, problem: 'missing-scope' }),
      }),
    ]);
    for (const token of [undefined, 'ck_nobody'])
      expect((await lines(method, at(path), { token, json: {} })).lines).toEqual([]);
  });

  test("leaves a line on the brand that another brand's token asked for", async () => {
    if (!path.includes('{brand}')) return;
    const { lines: refused } = await lines(method, at(path), { token: other.admin, json: {} });
    expect(refused).toEqual([expect.objectContaining({ brand: 'acme', outcome: 'refused' })]);
    expect(refused[0]?.details).toMatchObject({ status: 404, problem: 'unknown-brand' });
  });
});

test('what is done has a line before and one after, of the same call, under the id that the caller has too', async () => {
  const { answer, lines: done } = await retrySync();
  expect(answer.status).toBe(200);
  const common = {
    callId: answer.headers.get('x-request-id'),
    actor: expect.stringMatching(/^token tok_/),
    action: 'POST /v1/brands/{brand}/claims/{claimId}/retry-sync',
    brand: 'acme',
    claimId: 'c1',
  };
  expect(done).toMatchObject([
    { ...common, outcome: 'asked', details: {} },
    { ...common, outcome: 'done', details: { status: 200 } },
  ]);
});

test('a ruling is kept with what was ruled on and how, and without the reason', async () => {
  const { lines: done } = await lines('POST', '/v1/brands/acme/claims/c1/confirm-resolution', {
    token: ADMIN,
    json: { reason: REASON, resolutionId: 'res_1', accept: false },
  });
  expect(done.map(({ actor, details }) => [actor, details])).toEqual([
    ['admin', { resolutionId: 'res_1', accept: false }],
    ['admin', { resolutionId: 'res_1', accept: false, status: 200 }],
  ]);
  expect(JSON.stringify(done)).not.toContain('Mira');
});

test('a brand that is put names the secrets that were given, and shows none', async () => {
  const { lines: done } = await lines('PUT', '/v1/brands/new', {
    token: ADMIN,
    json: { name: 'New', kustomer: { org: 'new', apiKey: 'canary-key-of-kustomer' }, karla: null },
  });
  expect(outcomes(done)).toEqual(['asked', 'done']);
  expect(done[1]).toMatchObject({
    brand: 'new',
    details: { status: 201, secretsGiven: ['karla.webhookSecrets', 'kustomer.apiKey'] },
  });
  expect(JSON.stringify(done)).not.toContain('canary');
});

test('a token is kept by its id when it is minted and when it is revoked, never by itself', async () => {
  const minted = await lines('POST', '/v1/brands/acme/tokens', {
    token: acme.admin,
    json: { name: 'Mira', scopes: ['read'] },
  });
  const { id, token } = minted.answer.json as { id: string; token: string };
  expect(minted.lines[1]?.details).toEqual({ status: 201, scopes: ['read'], id });
  const revoked = await lines('DELETE', `/v1/brands/acme/tokens/${id}`, { token: acme.admin });
  expect(revoked.lines.map(({ details }) => details)).toEqual([{ id }, { id, status: 204 }]);
  expect(JSON.stringify([minted.lines, revoked.lines])).not.toMatch(new RegExp(`Mira|${token}`));
});

test('what is refused by its form has one line, what is refused by its matter two', async () => {
  const form = await lines('POST', '/v1/brands/acme/claims/c1/close-claim', { token: acme.operate, json: {} });
  expect(form.lines).toMatchObject([{ outcome: 'refused', details: { status: 422, problem: 'invalid-input' } }]);
  const matter = await lines('DELETE', '/v1/brands/acme', { token: acme.admin });
  expect(matter.lines).toMatchObject([
    { outcome: 'asked' },
    { outcome: 'refused', details: { status: 409, problem: 'claims-open' } },
  ]);
});

test('what failed is kept as failed: whether it was done is not known', async () => {
  api.claims.outcome = { outcome: 'noWorker' };
  const { lines: failed } = await retrySync();
  api.claims.outcome = null;
  expect(failed).toMatchObject([
    { outcome: 'asked' },
    { outcome: 'failed', details: { status: 503, problem: 'no-worker' } },
  ]);
});

test('nothing is done when the line before it cannot be written', async () => {
  const before = api.claims.actions.length;
  const { answer } = await withoutWriting(['asked', 'failed'], retrySync);
  expect([answer.status, answer.json['type']]).toEqual([503, '/problems/storage-unavailable']);
  expect(api.claims.actions).toHaveLength(before);
});

test('when only the line after cannot be written, the answer is the true one, the log says it, and the line before stands', async () => {
  const { answer, lines: left } = await withoutWriting(['done'], retrySync);
  expect(answer.status).toBe(200);
  expect(outcomes(left)).toEqual(['asked']);
  expect(api.log.join('')).toContain('could not be written to the audit log');
});

test('callbacks, webhooks and reads leave no lines', async () => {
  const paths = [
    [
      'PUT',
      '/v1/brands/acme/claims/c1/resolutions/res_1',
      { token: acme.resolve, json: { outcome: 'declined', reason: 'no' } },
    ],
    ['POST', '/webhooks/order-protection/acme', { json: {} }],
    ['GET', '/v1/brands/acme', { token: acme.admin }],
  ] as const;
  for (const [method, path, ask] of paths) expect((await lines(method, path, ask)).lines).toEqual([]);
});

test('after all this the log is sound', async () => {
  expect((await api.store.audit.verify()).faults).toEqual([]);
});
