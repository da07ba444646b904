import { ADMIN, startApi, type RunningApi } from './running-api';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

// This API allows 127.0.0.1, where simulators are, and nothing else.
const put = (brand: string, config: object) =>
  api.ask('PUT', `/v1/brands/${brand}`, { token: ADMIN, json: { name: brand, ...config } });

const withAddress = {
  'orderProtection.baseUrl': (url: string) => ({ orderProtection: { baseUrl: url } }),
  'kustomer.baseUrl': (url: string) => ({ kustomer: { org: 'acme', baseUrl: url } }),
  'backend.url': (url: string) => ({ backend: { url } }),
};

test.each(Object.keys(withAddress) as (keyof typeof withAddress)[])(
  'a forbidden address in %s is 422, names the place, and nothing is stored',
  async (path) => {
    const config = withAddress[path];
    for (const url of [
      'http://127.0.0.2:4103/x',
      'https://10.0.0.7',
      'http://[::1]:80',
      'http://2130706434/',
      'http://[::ffff:169.254.169.254]/',
    ]) {
      const { status, json } = await put('forbidden', config(url));
      expect([url, status, json['type']]).toEqual([url, 422, '/problems/invalid-input']);
      expect(json['errors']).toEqual([
        { path, message: expect.stringMatching(/stands for a \w+ address, which is not dialled: .*EGRESS_ALLOW/) },
      ]);
    }
    expect((await api.ask('GET', '/v1/brands/forbidden', { token: ADMIN })).status).toBe(404);
  },
);

test('all forbidden addresses are named at once', async () => {
  const { json } = await put('forbidden', {
    ...withAddress['backend.url']('http://192.168.0.1'),
    ...withAddress['kustomer.baseUrl']('http://[fd00::1]'),
  });
  expect((json['errors'] as { path: string }[]).map(({ path }) => path)).toEqual(['kustomer.baseUrl', 'backend.url']);
});

test.each(Object.keys(withAddress) as (keyof typeof withAddress)[])(
  'a public address and any name may stand in %s: a name is judged when it is dialled',
  async (path) => {
    const urls = ['https://8.8.8.8/x', 'https://[2606:4700::1111]/x', 'https://shop.example', 'http://localhost:1'];
    for (const [index, url] of urls.entries()) {
      const { status } = await put(`${path.split('.')[0]?.toLowerCase()}-${index}`, withAddress[path](url));
      expect([url, status]).toEqual([url, 201]);
    }
  },
);
