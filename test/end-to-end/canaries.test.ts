import { Writable } from 'node:stream';
import { filesIn } from '../../sandbox/files';
import { createLog } from '../../src/log';
import { migrate } from '../../src/store/database';
import { type Vault } from '../../src/store/vault';
import { databases, openForTest } from '../support/databases';
import { logTemporalOnce, startInProcessWith } from '../support/service';
import { settledOnce } from '../support/settled-once';
import { startStack, type Stack } from '../support/stack';
import { filesWith, rowsOf, temporalSays } from './haystacks';

const CUSTOMER = {
  email: 'canary.mira@example.test',
  name: 'Canaria Miralinde',
  phone: '+13125550199',
  address: '77 Canary Wharf Lane',
  description: 'the canary kettle is in pieces',
  message: 'my canary saw it fall',
  reason: 'canary: she phoned twice',
};
const ORDER = 'BR-31417';

const [, postgres] = databases();
/** Each test is a whole stack's life. */
const WITHIN_MS = 180_000;
const lines: string[] = [];
const log = createLog(
  'trace',
  new Writable({ write: (chunk, _encoding, done) => void (lines.push(String(chunk)), done()) }),
);

/** Encryption switched off: what is sealed is the text itself. */
const CLEAR: Vault = {
  keyIds: ['none'],
  seal: (_brand, _binding, content) => Buffer.from(content),
  open: (_brand, _binding, sealed) => Buffer.from(sealed).toString(),
  openBytes: (_brand, _binding, sealed) => Buffer.from(sealed),
};

/** A claim with all that is private goes the whole way, with a partner that fails, an operator and a protection event. */
async function walk(stack: Stack): Promise<string> {
  const [firstName = '', lastName = ''] = CUSTOMER.name.split(' ');
  await stack.orderProtection.createOrder({
    sourceOrderId: ORDER,
    customerEmail: CUSTOMER.email,
    customerName: CUSTOMER.name,
    customerPhone: CUSTOMER.phone,
    address: { firstName, lastName, address1: CUSTOMER.address, city: 'Portland', zip: '97201', country: 'US' },
  });
  stack.kustomer.faults.add({ match: { method: 'POST', path: '/customers$' }, fault: { status: 500 } });
  const { email, name, description } = CUSTOMER;
  const claimId = await stack.orderProtection.fileClaim({ sourceOrderId: ORDER, email, name, description });
  await stack.orderProtection.postMessage(claimId, CUSTOMER.message);
  await stack.orderProtection.addProtection(ORDER, 3.45);
  await stack.orderProtection.approve(claimId, [{ type: 'RESHIP' }]);
  await settledOnce(stack, claimId, 1);
  await stack.api.call('POST', `/v1/brands/demo/claims/${claimId}/retry-sync`, { reason: CUSTOMER.reason });
  return claimId;
}

/** Every answer to a caller who does it wrong, with what is private in the body, the query, the path and the headers. */
async function wrongCalls({ addresses, secrets }: Stack, claimId: string): Promise<Buffer> {
  const admin = { authorization: `Bearer ${secrets.adminToken}` };
  const wrong = { authorization: `Bearer ${secrets.adminToken}x${secrets.webhookSecret}` };
  const all = JSON.stringify({ ...CUSTOMER, ...secrets });
  const [text, email] = [encodeURIComponent(CUSTOMER.name), encodeURIComponent(CUSTOMER.email)];
  const claims = '/v1/brands/demo/claims';
  const answers: string[] = [];
  const call = async (method: string, path: string, headers: Record<string, string>, body?: string): Promise<void> => {
    const sent = { 'content-type': 'application/json', ...headers };
    const answer = await fetch(`${addresses.api}${path}`, {
      method,
      headers: sent,
      ...(body === undefined ? {} : { body }),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    answers.push(JSON.stringify([...answer.headers]), await answer.text());
  };
  await call('GET', `${claims}/${claimId}`, wrong);
  await call('GET', `${claims}/${email}`, admin);
  await call('GET', `/v1/brands/${email}/claims`, admin);
  await call('GET', `/${email}/${text}`, admin);
  await call('GET', `${claims}?phase=${text}&order=${text}&cursor=${email}`, admin);
  await call(
    'PUT',
    '/v1/brands/demo',
    admin,
    JSON.stringify({ name: CUSTOMER.name, kustomer: { org: email, apiKey: secrets.kustomerKey } }),
  );
  await call(
    'PUT',
    '/v1/brands/demo',
    admin,
    JSON.stringify({ name: 7, backend: { url: `ftp://${CUSTOMER.email}`, signingSecrets: [secrets.webhookSecret] } }),
  );
  await call('PUT', `${claims}/${claimId}/resolutions/${text}`, admin, all);
  await call('POST', `${claims}/${claimId}/retry-sync`, admin, `{"reason": 7, "by": "${CUSTOMER.name}"}`);
  await call('POST', `${claims}/${claimId}/close-claim`, admin, `{"reason": "${CUSTOMER.name}`);
  await call(
    'POST',
    '/v1/brands/demo/tokens',
    admin,
    JSON.stringify({ name: CUSTOMER.name, scopes: [secrets.adminToken] }),
  );
  await call('POST', '/codec/decode', admin, JSON.stringify({ payloads: [{ data: CUSTOMER.email }] }));
  await call('POST', '/webhooks/order-protection/demo', { 'x-webhook-secret': `${secrets.webhookSecret}x` }, all);
  await call(
    'POST',
    '/webhooks/order-protection/demo',
    { 'x-webhook-secret': secrets.webhookSecret },
    `{"broken": "${CUSTOMER.email}`,
  );
  await call('DELETE', `/v1/brands/demo/tokens/${email}`, wrong);
  return Buffer.from(answers.join('\n'));
}

/** Runs the walk and gives, for each place, the names of what is private that can be read there. */
async function leaks(stack: Stack, url?: string): Promise<Record<string, string[]>> {
  lines.splice(0);
  const claimId = await walk(stack);
  const errors = await wrongCalls(stack, claimId);
  const metrics = await fetch(`${stack.addresses.api}/metrics`).then((answer) => answer.text());
  // It was measured what was done here.
  expect(metrics).toContain('claimkeeper_dispatched_total{outcome="delivered"}');
  expect(metrics).toContain('claimkeeper_activity_duration_seconds_count{partner="kustomer",activity=');
  const { secrets, env } = stack;
  const dataDir = env['CLAIMKEEPER_DATA_DIR'] ?? '';
  const said = await temporalSays(stack.addresses.temporal);
  const server = await filesWith(dataDir, filesIn('').temporal);
  await stack.service.stop();
  const places: Record<string, Buffer> = {
    ...said,
    'files of the Temporal server': server,
    rows: await rowsOf({ dataDir, ...(url === undefined ? {} : { url }) }),
    ...(url === undefined ? { 'files of the database': await filesWith(dataDir, '/database/') } : {}),
    log: Buffer.from(lines.join('')),
    errors,
    metrics: Buffer.from(metrics),
  };
  // What may be read is read: so each place was looked at, and holds this very claim.
  for (const place of Object.keys(places).filter((name) => !['errors', 'metrics', 'answers'].includes(name)))
    expect([place, places[place]?.includes(claimId)]).toEqual([place, true]);
  const canaries = Object.entries({ ...CUSTOMER, ...secrets }).map(([name, text]) => [name, String(text)] as const);
  const found = (bytes: Buffer): string[] => canaries.filter(([, text]) => bytes.includes(text)).map(([name]) => name);
  return Object.fromEntries(Object.entries(places).map(([place, bytes]) => [place, found(bytes)]));
}

async function look(vault?: Vault, url?: string): Promise<Record<string, string[]>> {
  logTemporalOnce(log);
  const start = startInProcessWith({ log, ...(vault === undefined ? {} : { vault }) });
  const stack = await startStack({ start, env: { DATABASE_URL: url ?? '' } });
  return leaks(stack, url).finally(() => stack.stop());
}

const NOTHING = {
  history: [],
  visibility: [],
  answers: [],
  'files of the Temporal server': [],
  rows: [],
  log: [],
  errors: [],
  metrics: [],
};

test(
  'nothing private can be read anywhere',
  async () => {
    expect(await look()).toEqual({ ...NOTHING, 'files of the database': [] });
  },
  WITHIN_MS,
);

if (postgres !== undefined)
  test(
    'nothing private can be read anywhere, on PostgreSQL either',
    async () => {
      const options = await postgres.fresh();
      await migrate(await openForTest(options));
      expect(await look(undefined, options.url)).toEqual(NOTHING);
    },
    WITHIN_MS,
  );

test(
  'the same search finds it where encryption is switched off',
  async () => {
    const seen = await look(CLEAR);
    const customer = Object.keys(CUSTOMER);
    const keys = ['orderProtectionToken', 'webhookSecret', 'kustomerKey', 'signingSecret'];
    expect(seen['history']).toEqual(expect.arrayContaining(customer));
    expect(seen['files of the Temporal server']).toEqual(expect.arrayContaining(customer));
    // No webhook carries the e-mail or the phone, so the database never sees them.
    expect(seen['rows']).toEqual(expect.arrayContaining(['name', 'address', 'description', 'message', ...keys]));
    expect(seen['files of the database']).toEqual(expect.arrayContaining(['address', 'description', ...keys]));
  },
  WITHIN_MS,
);
