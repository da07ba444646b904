import { aClaimView } from './fake-claims';
import { ADMIN, startApi, type RunningApi } from './running-api';
import { type Scope } from '../../src/store/tokens';

let api: RunningApi;
let tokens: Record<Scope, string>;
const claim = aClaimView('acme', 'c/1 #ü');
const path = `/v1/brands/acme/claims/${encodeURIComponent(claim.claimId)}`;

beforeAll(async () => {
  api = await startApi();
  tokens = await api.newBrand('acme');
  await api.newBrand('other');
  api.claims.put(claim);
});
beforeEach(() => {
  api.claims.isDown = false;
  api.claims.outcome = null;
  api.claims.actions.length = 0;
  api.claims.filters.length = 0;
});
afterAll(() => api.stop());

test('a claim is read by its own id, whatever characters are in it', async () => {
  expect(await api.ask('GET', path, { token: tokens.read })).toMatchObject({ status: 200, json: claim });
});

test('a claim that was never heard of is 404', async () => {
  const { status, json } = await api.ask('GET', '/v1/brands/acme/claims/c2', { token: tokens.read });
  expect([status, json['type']]).toEqual([404, '/problems/unknown-claim']);
});

test('the list is narrowed by phase, attention, order and cursor', async () => {
  const query = 'phase=settled&attention=none&order=BR-20417&cursor=next';
  const { status, json } = await api.ask('GET', `/v1/brands/acme/claims?${query}`, { token: tokens.read });
  expect(status).toBe(200);
  expect(json).toMatchObject({ items: [{ claimId: claim.claimId }], nextCursor: null });
  expect(api.claims.filters).toEqual([{ phase: 'settled', attention: 'none', order: 'BR-20417', cursor: 'next' }]);
});

test('the list of a brand that does not exist is 404', async () => {
  expect((await api.ask('GET', '/v1/brands/nobody/claims', { token: ADMIN })).json['type']).toBe(
    '/problems/unknown-brand',
  );
});

describe('an operator', () => {
  const cases: [string, object, string, object][] = [
    ['retry-sync', {}, 'retrySync', {}],
    [
      'confirm-resolution',
      { resolutionId: 'res_1', accept: false },
      'confirmResolution',
      { resolutionId: 'res_1', accept: false },
    ],
    ['hold', {}, 'hold', {}],
    ['release', {}, 'release', {}],
    [
      'override-resolution',
      { resolutionId: 'res_1', kind: 'refund', amount: { amount: '20.00', currency: 'USD' } },
      'overrideResolution',
      { resolutionId: 'res_1', kind: 'refund', amount: { amount: '20.00', currency: 'USD' } },
    ],
    [
      'override-resolution',
      { resolutionId: 'res_1', kind: 'reship' },
      'overrideResolution',
      { resolutionId: 'res_1', kind: 'reship' },
    ],
    [
      'extend-deadline',
      { until: '2026-03-09T12:00:00+01:00' },
      'extendDeadline',
      { until: '2026-03-09T12:00:00+01:00' },
    ],
    ['confirm-report', { resolutionId: 'res_1' }, 'confirmReport', { resolutionId: 'res_1' }],
    ['relink-customer', { customerId: 'a'.repeat(24) }, 'relinkCustomer', { customerId: 'a'.repeat(24) }],
    ['close-claim', {}, 'closeClaim', {}],
  ];
  test.each(cases)('can %s, and the claim knows who and why', async (action, body, update, argument) => {
    const json = { reason: 'because', ...body };
    const { items } = (await api.ask('GET', '/v1/brands/acme/tokens', { token: tokens.admin })).json as {
      items: { id: string; name: string }[];
    };
    const actor = `token ${items.find(({ name }) => name === 'operate')?.id}`;
    expect(await api.ask('POST', `${path}/${action}`, { token: tokens.operate, json })).toMatchObject({
      status: 200,
      json: claim,
    });
    expect(api.claims.actions).toEqual([
      {
        brand: 'acme',
        claimId: claim.claimId,
        action: { update, argument: { actor, reason: 'because', ...argument } },
      },
    ]);
  });

  test('who holds the token of the environment is called admin', async () => {
    await api.ask('POST', `${path}/retry-sync`, { token: ADMIN, json: { reason: 'r' } });
    expect(api.claims.actions[0]?.action.argument.actor).toBe('admin');
  });

  test.each([
    [
      { outcome: 'refused', reason: 'the claim is closed already' } as const,
      409,
      'action-refused',
      'the claim is closed already',
    ],
    [{ outcome: 'unknownClaim' } as const, 404, 'unknown-claim', undefined],
    [{ outcome: 'noWorker' } as const, 503, 'no-worker', undefined],
  ])('is told of %j', async (outcome, status, slug, detail) => {
    api.claims.outcome = outcome;
    const answer = await api.ask('POST', `${path}/close-claim`, { token: tokens.operate, json: { reason: 'r' } });
    expect([answer.status, answer.json['type'], answer.json['detail']]).toEqual([status, `/problems/${slug}`, detail]);
  });

  test.each([
    ['override-resolution', { resolutionId: 'res_1', kind: 'store_credit' }, 'kind'],
    [
      'override-resolution',
      { resolutionId: 'res_1', kind: 'refund', amount: { amount: 20, currency: 'USD' } },
      'amount',
    ],
    ['extend-deadline', { until: 'tomorrow' }, 'until'],
  ])('is told what is wrong in %s %j', async (action, body, path_) => {
    const json = { reason: 'r', ...body };
    const answer = await api.ask('POST', `${path}/${action}`, { token: tokens.operate, json });
    expect(answer).toMatchObject({ status: 422, text: expect.stringContaining(path_) });
    expect(api.claims.actions).toEqual([]);
  });

  test('cannot say who it was', async () => {
    const json = { reason: 'r', actor: 'somebody else' };
    expect((await api.ask('POST', `${path}/close-claim`, { token: tokens.operate, json })).status).toBe(422);
  });
});

test('while Temporal is down, what needs it is 503 and says so', async () => {
  api.claims.isDown = true;
  const down = async (method: string, at: string, token: string, json?: unknown) => {
    const answer = await api.ask(method, at, { token, json });
    expect([answer.status, answer.json['type']]).toEqual([503, '/problems/temporal-unavailable']);
  };
  await down('GET', path, tokens.read);
  await down('GET', '/v1/brands/acme/claims', tokens.read);
  await down('POST', `${path}/retry-sync`, tokens.operate, { reason: 'r' });
  await down('DELETE', '/v1/brands/other', ADMIN);
});
