import { API_KEY, failureOf, klaimIn, MIRA, openDesk, type Desk } from './desk';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.kustomer.stop());

test.each([401, 403] as const)('a missing role (%d) is a matter of credentials', async (missingRole) => {
  const poor = await openDesk({ roles: ['org.permission.kobject'], settings: { missingRole } });
  const failure = await failureOf(poor.sync());
  await poor.kustomer.stop();
  expect(failure.kind).toBe('credentials');
  expect(failure.message).toContain(`looking up the customer by e-mail was answered ${missingRole}`);
  expect(failure.message).toContain('lacks the role');
});

test('a revoked key is a matter of credentials', async () => {
  await desk.kustomer.revokeKey(API_KEY);
  expect((await failureOf(desk.sync())).kind).toBe('credentials');
});

test('a key of another region is told which regions are meant', async () => {
  const abroad = await openDesk({ settings: { errorShape: 'A' } });
  await abroad.kustomer.addKey({ org: 'acme', apiKey: 'kustomer-key-of-prod2', pod: 'prod2' });
  const failure = await failureOf(abroad.sync({ apiKey: 'kustomer-key-of-prod2' }));
  await abroad.kustomer.stop();
  expect(failure).toMatchObject({
    kind: 'credentials',
    message:
      'kustomer: looking up the Klaim by its external id was answered 401: the API key belongs to another region (prod2, prod1); check org and baseUrl',
  });
});

describe('an exceeded budget', () => {
  test('waits until the second that Kustomer names', async () => {
    await desk.kustomer.seedOrg({ requestsPerMinute: 10 });
    await desk.kustomer.drainBudget('acme', 10);
    const failure = await failureOf(desk.sync());
    expect(failure.kind).toBe('rateLimited');
    expect(failure.retryAfterMs).toBeGreaterThan(30_000);
    expect(failure.retryAfterMs).toBeLessThanOrEqual(61_000);
  });

  test('waits a minute when Kustomer names no time', async () => {
    await desk.kustomer.configure({ resetHeader: 'absent' });
    desk.kustomer.faults.add({ fault: { status: 429 } });
    expect(await failureOf(desk.sync())).toMatchObject({ kind: 'rateLimited', retryAfterMs: 60_000 });
  });

  test.each([
    ['at least a second', -3_600_000, 1_000],
    ['at most two minutes', 3_600_000, 120_000],
  ])('waits %s, whatever the clocks say', async (_bound, skew, retryAfterMs) => {
    const skewed = await openDesk({ now: () => Date.now() + skew });
    skewed.kustomer.faults.add({ fault: { status: 429 } });
    const failure = await failureOf(skewed.sync());
    await skewed.kustomer.stop();
    expect(failure).toMatchObject({ kind: 'rateLimited', retryAfterMs });
  });

  test('of one object is the same, and what was created before it is found afterwards', async () => {
    await desk.kustomer.configure({ updatesPerObjectAndMinute: 1 });
    await desk.sync();
    await desk.sync({ klaim: klaimIn('Open') });
    expect((await failureOf(desk.sync({ klaim: klaimIn('Approved') }))).kind).toBe('rateLimited');
    await desk.kustomer.configure({ updatesPerObjectAndMinute: 60 });
    await desk.sync({ klaim: klaimIn('Approved') });
    expect(desk.theKlaim().custom['statusStr']).toBe('Approved');
  });
});

test.each([
  ['an unknown attribute', { mysteryStr: 'x' }, 'mysteryStr'],
  ['an attribute without a suffix', { mystery: 'x' }, 'mystery'],
  ['a value of another type', { claimCreatedAt: 'yesterday' }, 'custom.claimCreatedAt'],
])('%s is refused for good, by name', async (_what, custom, name) => {
  const failure = await failureOf(desk.sync({ klaim: klaimIn('New', { custom }) }));
  expect(failure).toMatchObject({
    kind: 'rejected',
    message: `kustomer: creating the Klaim was answered 400: it refuses ${name}`,
  });
  expect(desk.kustomer.klaims()).toEqual([]);
});

test('a refusal in the terser form of errors is still a refusal', async () => {
  await desk.kustomer.configure({ errorShape: 'A' });
  const failure = await failureOf(desk.sync({ klaim: klaimIn('New', { custom: { mysteryStr: 'x' } }) }));
  expect(failure.kind).toBe('rejected');
  expect(failure.message).toContain('400: it does not say which field it refuses');
});

test('no failure repeats what is known of the customer, or the key', async () => {
  const customer = {
    email: 'mira.c@shopper.example',
    externalId: 'shop-77',
    name: 'Mira Castellan',
    phone: '+13125550142',
  };
  const messages: string[] = [];
  for (const status of [401, 403, 409, 410, 429, 500, 503] as const) {
    for (const path of ['customers/email', 'customers$', 'klasses/klaim']) {
      desk.kustomer.faults.add({ match: { path }, times: 'forever', fault: { status } });
      const { message, cause } = await failureOf(desk.sync({ customer, signal: AbortSignal.timeout(300) }));
      messages.push(message, String(cause));
      desk.kustomer.faults.clear();
    }
  }
  messages.push(
    (await failureOf(desk.sync({ klaim: klaimIn('New', { custom: { customerEmailNum: MIRA.email } }) }))).message,
  );
  for (const secret of [...Object.values(customer), API_KEY, 'mira', 'Castellan'])
    expect(messages.join('\n')).not.toContain(secret);
});
