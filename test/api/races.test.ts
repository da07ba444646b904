import { until } from '../../sandbox/claims/until';
import { anEntry, reserve } from '../store/open-stores';
import { onEachDatabase, onPostgres, ownPostgresServer } from '../support/databases';
import { SECRET, startApi, type Answer, type RunningApi } from './running-api';

const webhook = (id: string) => ({ id, topic: 'claim.created', body: { claim_id: 'c1' } });
const send = (api: RunningApi, id: string): Promise<Answer> =>
  api.ask('POST', '/webhooks/order-protection/acme', { json: webhook(id), headers: { 'x-webhook-secret': SECRET } });

onEachDatabase((kind) => {
  let api: RunningApi;
  let token: string;
  beforeAll(async () => {
    api = await startApi(kind);
    token = (await api.newBrand('acme')).resolve;
  });
  afterAll(() => api.stop());

  const refunded = { outcome: 'refunded', refundId: 'rf_55', amount: '28.62', currency: 'USD' };
  const commanded = async (): Promise<string> => {
    const command = JSON.stringify({ data: { dueAt: '2026-03-05T09:14:07.000Z' } });
    return (await reserve(api.store, anEntry({ claimId: 'c1', command }))).resolutionId;
  };
  const put = (id: string, json: object): Promise<Answer> =>
    api.ask('PUT', `/v1/brands/acme/claims/c1/resolutions/${id}`, { token, json });
  const counted = (answers: readonly Answer[], member: string, value: string): number =>
    answers.filter(({ json }) => json[member] === value).length;

  test('five equal deliveries at once are one accepted and four duplicates, with one id', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(api, 'event-1')));
    expect(counted(answers, 'status', 'accepted')).toBe(1);
    expect(counted(answers, 'status', 'duplicate')).toBe(4);
    expect(new Set(answers.map(({ json }) => json['deliveryId'])).size).toBe(1);
  });

  test('ten racing callers with one answer get exactly one applied, and nine times the same again', async () => {
    const id = await commanded();
    const answers = await Promise.all(Array.from({ length: 10 }, () => put(id, refunded)));
    expect(counted(answers, 'status', 'applied')).toBe(1);
    expect(counted(answers, 'status', 'duplicate')).toBe(9);
    expect(new Set(answers.map(({ json }) => JSON.stringify(json['resolution']))).size).toBe(1);
    const leased = await api.store.deliveries.lease({ limit: 1_000, seconds: 60 });
    expect(leased.filter(({ body }) => body.includes(id))).toHaveLength(1);
  });

  test('ten racing callers with ten answers: one is applied, nine are refused', async () => {
    const id = await commanded();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => put(id, { ...refunded, refundId: `rf_${n}` })),
    );
    expect(counted(answers, 'status', 'applied')).toBe(1);
    expect(counted(answers, 'type', '/problems/already-answered')).toBe(9);
  });
});

onPostgres((kind) => {
  test('while the database server is gone a webhook is 503 and nothing crashes; the same webhook is taken when it is back', async () => {
    const server = await ownPostgresServer();
    if (server === null) return;
    const api = await startApi(kind);
    const { read: token } = await api.newBrand('acme');
    await server.stop();
    const { status, json } = await send(api, 'event-2');
    expect([status, json['type']]).toEqual([503, '/problems/not-stored']);
    expect((await api.ask('GET', '/readyz')).json['failing']).toEqual(['database']);
    expect((await api.ask('GET', '/v1/brands/acme/claims', { token })).json['type']).toBe(
      '/problems/storage-unavailable',
    );
    await server.start();
    await until('a database that answers', async () => (await api.ask('GET', '/readyz')).status === 200);
    expect((await send(api, 'event-2')).json['status']).toBe('accepted');
    await api.stop();
  });
});
