import { VERSION } from '../../src/metrics';
import { until } from '../../sandbox/claims/until';
import packageJson from '../../package.json';
import { SECRET, startApi, type RunningApi } from './running-api';

let api: RunningApi;
beforeEach(async () => {
  api = await startApi();
  await api.newBrand('acme');
});
afterEach(() => api.stop());

const scrape = async (of = api): Promise<string> => (await of.ask('GET', '/metrics')).text;
/** The value of one series, exactly as it is named. */
const valueOf = (text: string, series: string): string | undefined =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${series} `))
    ?.slice(series.length + 1);
const send = (id: string, claimId = 'c1', of = api) =>
  of.ask('POST', '/webhooks/order-protection/acme', {
    json: { id, topic: 'claim.created', body: { claim_id: claimId } },
    headers: { 'x-webhook-secret': SECRET },
  });

test('needs no token, and is in the form that Prometheus reads', async () => {
  const { status, headers, text } = await api.ask('GET', '/metrics');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  expect(valueOf(text, `claimkeeper_build_info{version="${packageJson.version}",node="${process.version}"}`)).toBe('1');
  expect(VERSION).toBe(packageJson.version);
  expect(text).toContain('process_resident_memory_bytes');
});

test('requests are told apart by the path as the table has it, never by what somebody put into it', async () => {
  await api.ask('GET', '/v1/brands/acme/claims/mira@example.test');
  await api.ask('GET', '/mira@example.test');
  await send('e1', 'mira-s-claim');
  const text = await scrape();
  const counted = (labels: string) => valueOf(text, `claimkeeper_http_request_duration_seconds_count{${labels}}`);
  expect(counted('method="GET",route="/v1/brands/{brand}/claims/{claimId}",status="401"')).toBe('1');
  expect(counted('method="GET",route="none",status="404"')).toBe('1');
  expect(counted('method="POST",route="/webhooks/order-protection/{brand}",status="200"')).toBe('1');
  expect(text).not.toMatch(/mira|acme/);
});

test('webhooks are counted by what they were answered', async () => {
  for (const id of ['e1', 'e1', 'e2']) await send(id);
  await send('e3', '');
  const text = await scrape();
  const counted = (status: string) =>
    valueOf(text, `claimkeeper_webhooks_total{source="order-protection",status="${status}"}`);
  expect([counted('accepted'), counted('duplicate'), counted('quarantined')]).toEqual(['2', '1', '1']);
});

test('what waits for Temporal is counted, with the age of the oldest', async () => {
  const pending = async () => valueOf(await scrape(), 'claimkeeper_pending_deliveries');
  expect(await pending()).toBe('0');
  await send('e1');
  await send('e2');
  await until('two that wait', async () => (await pending()) === '2');
  expect(Number(valueOf(await scrape(), 'claimkeeper_oldest_pending_seconds'))).toBeGreaterThan(0);
  for (const { deliveryId } of await api.store.deliveries.lease({ limit: 10, seconds: 60 }))
    await api.store.deliveries.delivered(deliveryId, 'c1');
  await until('none that waits', async () => (await pending()) === '0');
});

test('refused keys are counted by partner', async () => {
  await api.store.refusedKeys.refused({ brand: 'acme', partner: 'kustomer', key: 'k' }, 'refused (401)');
  expect(valueOf(await scrape(), 'claimkeeper_refused_keys{partner="kustomer"}')).toBe('1');
});

test('without the database there is no number for what is in it, and all else is there', async () => {
  await api.store.close();
  const text = await scrape();
  expect(valueOf(text, 'claimkeeper_pending_deliveries')).toBe('Nan');
  expect(text).toContain('claimkeeper_build_info');
});

test('two services in one process are measured apart', async () => {
  const other = await startApi();
  await other.newBrand('acme');
  await send('e1', 'c1', other);
  expect(await scrape(other)).toContain('claimkeeper_webhooks_total{');
  expect(await scrape()).not.toContain('claimkeeper_webhooks_total{');
  await other.stop();
});
