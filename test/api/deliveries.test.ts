import { type Scope } from '../../src/store/tokens';
import { ADMIN, SECRET, startApi, type RunningApi } from './running-api';

let api: RunningApi;
let tokens: Record<Scope, string>;
beforeAll(async () => {
  api = await startApi();
  tokens = await api.newBrand('acme');
});
afterAll(() => api.stop());

const send = async (body: unknown) =>
  (await api.ask('POST', '/webhooks/order-protection/acme', { json: body, headers: { 'x-webhook-secret': SECRET } }))
    .json;
const list = (query = '', token = tokens.operate) => api.ask('GET', `/v1/brands/acme/deliveries${query}`, { token });
const replay = (id: unknown, brand = 'acme') =>
  api.ask('POST', `/v1/brands/${brand}/deliveries/${String(id)}/replay`, {
    token: brand === 'acme' ? tokens.operate : ADMIN,
  });

test('the intake log shows what was received, never what it said', async () => {
  const { deliveryId } = await send({
    id: '1',
    topic: 'claim.created',
    body: { claim_id: 'c1', claim_description: 'very private' },
  });
  const { status, json, text } = await list();
  expect(status).toBe(200);
  expect(json['items']).toEqual([
    {
      id: deliveryId,
      source: 'order-protection',
      topic: 'claim.created',
      claimId: 'c1',
      status: 'pending',
      error: null,
      receivedAt: expect.any(String),
    },
  ]);
  expect(text).not.toContain('very private');
});

test('it is narrowed by status', async () => {
  const { deliveryId } = await send({ id: '2', topic: 'unheard-of', body: {} });
  const { json } = await list('?status=quarantined');
  expect(json).toMatchObject({
    items: [{ id: deliveryId, status: 'quarantined', error: expect.any(String) }],
    nextCursor: null,
  });
});

test('a replay is 202 and makes the delivery due again', async () => {
  const { deliveryId } = await send({ id: '3', topic: 'unheard-of', body: {} });
  expect(await replay(deliveryId)).toMatchObject({ status: 202, json: { id: deliveryId, status: 'pending' } });
  const { json } = await list('?status=pending');
  expect(json['items']).toEqual(expect.arrayContaining([expect.objectContaining({ id: deliveryId })]));
});

test('all that is in quarantine is replayed by one call, which says how many', async () => {
  const { operate: token } = await api.newBrand('mended');
  for (const id of ['1', '2'])
    await api.ask('POST', '/webhooks/order-protection/mended', {
      json: { id, topic: 'unheard-of', body: {} },
      headers: { 'x-webhook-secret': SECRET },
    });
  const replayAll = () => api.ask('POST', '/v1/brands/mended/deliveries/replay', { token });
  expect(await replayAll()).toMatchObject({ status: 202, json: { replayed: 2 } });
  expect(await replayAll()).toMatchObject({ status: 202, json: { replayed: 0 } });
  expect((await api.ask('POST', '/v1/brands/nobody/deliveries/replay', { token: ADMIN })).status).toBe(404);
});

test('a delivery whose body was erased stays in the log, is still known as a repeat, and cannot be replayed', async () => {
  const { operate: token } = await api.newBrand('forgetful');
  const webhook = { id: '1', topic: 'unheard-of', body: {} };
  const sendAgain = () =>
    api.ask('POST', '/webhooks/order-protection/forgetful', {
      json: webhook,
      headers: { 'x-webhook-secret': SECRET },
    });
  const { deliveryId } = (await sendAgain()).json;
  expect(await api.store.deliveries.eraseBodies('forgetful', new Date(Date.now() + 1_000).toISOString())).toBe(1);
  const refused = await api.ask('POST', `/v1/brands/forgetful/deliveries/${String(deliveryId)}/replay`, { token });
  expect([refused.status, refused.json['type']]).toEqual([409, '/problems/body-erased']);
  expect((await sendAgain()).json).toEqual({ deliveryId, status: 'duplicate' });
  const { json } = await api.ask('GET', '/v1/brands/forgetful/deliveries', { token });
  expect(json['items']).toMatchObject([{ id: deliveryId, topic: 'unheard-of', status: 'quarantined' }]);
});

test("what is not there, or another brand's, cannot be replayed", async () => {
  await api.newBrand('other');
  const { deliveryId } = await send({ id: '4', topic: 'claim.created', body: { claim_id: 'c1' } });
  for (const [id, brand] of [
    ['nothing', 'acme'],
    ['00000000-0000-0000-0000-000000000000', 'acme'],
    ['999999999', 'acme'],
    [deliveryId, 'other'],
  ]) {
    const { status, json } = await replay(id, String(brand));
    expect([status, json['type']]).toEqual([404, '/problems/unknown-delivery']);
  }
});

test('the log is paged, newest first', async () => {
  await api.newBrand('busy');
  for (let n = 0; n < 51; n++)
    await api.ask('POST', '/webhooks/order-protection/busy', {
      json: { id: `p${n}`, topic: 'claim.created', body: { claim_id: `c${n}` } },
      headers: { 'x-webhook-secret': SECRET },
    });
  const page = async (query: string) =>
    (await api.ask('GET', `/v1/brands/busy/deliveries${query}`, { token: ADMIN })).json as {
      items: { claimId: string }[];
      nextCursor: string;
    };
  const first = await page('');
  const second = await page(`?cursor=${encodeURIComponent(first.nextCursor)}`);
  expect([...first.items, ...second.items].map(({ claimId }) => claimId)).toEqual(
    Array.from({ length: 51 }, (_, n) => `c${50 - n}`),
  );
  expect(second.nextCursor).toBeNull();
});
