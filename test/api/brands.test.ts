import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { aDelivery } from '../store/open-stores';
import { aClaimView } from './fake-claims';
import { ADMIN, startApi, type RunningApi } from './running-api';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const key = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const config = {
  name: 'Acme',
  orderProtection: { apiToken: 'op-api-token-in-clear', webhookSecrets: ['op-webhook-secret-1'] },
  kustomer: { org: 'acme', apiKey: 'kustomer-api-key-in-clear' },
  backend: { url: 'https://brand.example/commands', signingSecrets: [key] },
};
const put = (brand: string, json: unknown, token = ADMIN) => api.ask('PUT', `/v1/brands/${brand}`, { token, json });
const get = (brand: string, token = ADMIN) => api.ask('GET', `/v1/brands/${brand}`, { token });

test('a new brand is 201, the same again 200; secrets are never shown', async () => {
  const made = await put('acme', config);
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({
    brand: 'acme',
    name: 'Acme',
    orderProtection: { confirmApprovals: true, pollMinutes: 15 },
  });
  expect((await put('acme', config)).status).toBe(200);
  const shown = await get('acme');
  expect(shown.status).toBe(200);
  for (const secret of ['op-api-token-in-clear', 'op-webhook-secret-1', 'kustomer-api-key-in-clear', key]) {
    expect(made.text + shown.text).not.toContain(secret);
    expect(api.log.join('')).not.toContain(secret);
  }
});

test('a secret that is left out stays', async () => {
  await put('keeping', config);
  await put('keeping', { ...config, orderProtection: {} });
  expect((await api.store.brands.get('keeping'))?.orderProtection).toMatchObject({
    apiToken: 'op-api-token-in-clear',
    webhookSecrets: ['op-webhook-secret-1'],
  });
});

test('all faults of a configuration are named at once', async () => {
  const { status, json } = await put('faulty', {
    ...config,
    name: '',
    kustomer: { org: 'acme', requestsPerMinute: 0 },
    backend: { url: 'ftp://brand.example' },
    unknown: 1,
  });
  expect(status).toBe(422);
  const paths = (json['errors'] as { path: string }[]).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['name', 'kustomer.requestsPerMinute', 'backend.url', '']));
  expect((await get('faulty')).status).toBe(404);
});

test.each(['Acme', 'a_b', 'x'.repeat(41), 'a.b'])('"%s" cannot be the name of a brand', async (brand) => {
  const { status, json } = await put(brand, config);
  expect(status).toBe(422);
  expect(json['errors']).toEqual([{ path: 'brand', message: expect.any(String) }]);
});

test('an admin of a brand may change and read it, and sees no other', async () => {
  const { admin } = await api.newBrand('own');
  await api.newBrand('foreign');
  expect((await put('own', config, admin)).status).toBe(200);
  expect((await get('own', admin)).status).toBe(200);
  for (const brand of ['foreign', 'not-there']) {
    expect((await put(brand, config, admin)).json['type']).toBe('/problems/unknown-brand');
    expect((await get(brand, admin)).json['type']).toBe('/problems/unknown-brand');
  }
  expect((await api.ask('GET', '/v1/brands', { token: admin })).status).toBe(403);
});

test('a key that is kept is not sent to another address: whoever moves a partner gives its key again', async () => {
  let visits = 0;
  const elsewhere = createServer((_req, res) => void (visits++, res.end('{}'))).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const baseUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const { admin } = await api.newBrand('moved');
  expect((await put('moved', config, admin)).status).toBe(200);
  const { kustomer, orderProtection } = config;
  const moved = {
    name: 'Acme',
    orderProtection: { webhookSecrets: orderProtection.webhookSecrets, baseUrl },
    kustomer: { org: 'acme', baseUrl },
  };
  const { status, json } = await put('moved', moved, admin);
  expect(status).toBe(422);
  expect(json['errors']).toEqual(
    ['orderProtection.apiToken', 'kustomer.apiKey'].map((path) => ({ path, message: expect.any(String) })),
  );
  expect(visits).toBe(0);
  const withKeys = { ...moved, orderProtection: { ...orderProtection, baseUrl }, kustomer: { ...kustomer, baseUrl } };
  expect((await put('moved', withKeys, admin)).status).toBe(200);
  expect((await put('moved', moved, admin)).status).toBe(200);
  elsewhere.close();
});

test('all brands are listed for the environment', async () => {
  await api.newBrand('listed');
  const { json } = await api.ask('GET', '/v1/brands', { token: ADMIN });
  expect(json['items']).toEqual(expect.arrayContaining([expect.objectContaining({ brand: 'listed', name: 'listed' })]));
});

test('a brand with open claims or pending deliveries cannot be removed; without them it goes, and its tokens with it', async () => {
  const { admin } = await api.newBrand('leaving');
  const remove = (token = ADMIN) => api.ask('DELETE', '/v1/brands/leaving', { token });
  api.claims.put(aClaimView('leaving', 'c1'));
  const refused = await remove();
  expect([refused.status, refused.json['type']]).toEqual([409, '/problems/claims-open']);
  api.claims.claims.clear();
  const { deliveryId } = await api.store.deliveries.record(aDelivery({ brand: 'leaving' }));
  expect((await remove()).json['type']).toBe('/problems/claims-open');
  await api.store.deliveries.delivered(deliveryId, null);
  expect(await remove()).toMatchObject({ status: 204, text: '' });
  expect((await remove()).status).toBe(404);
  expect((await get('leaving')).status).toBe(404);
  expect((await get('leaving', admin)).status).toBe(401);
});
