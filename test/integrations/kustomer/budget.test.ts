import { createBudget, type Budget } from '../../../src/integrations/kustomer/budget/budget';
import { type SharedBudgets } from '../../../src/integrations/kustomer/budget/purse';
import { type Store } from '../../../src/store/store';
import { openStore } from '../../store/open-stores';
import { anyDatabase } from '../../support/databases';
import { failureOf, klaimIn, openDesk, type Desk, type DeskOptions } from './desk';

let store: Store;
let desk: Desk;
/** As the database gives them, fresh for each test. */
let budgets: SharedBudgets;
let runs = 0;

beforeAll(async () => {
  ({ store } = await openStore(anyDatabase()));
});
beforeEach(() => {
  const run = ++runs;
  const mine = (key: string): string => `${run} ${key}`;
  budgets = {
    lease: (key, ask) => store.requestBudgets.lease(mine(key), ask),
    pause: (key, milliseconds) => store.requestBudgets.pause(mine(key), milliseconds),
  };
});
afterEach(() => desk.kustomer.stop());

/** A Kustomer whose org takes so many requests a minute, reached by a worker with a budget of so many. */
async function openLimited(org: number, options: DeskOptions): Promise<Desk> {
  const opened = await openDesk({ budgets, ...options });
  await opened.kustomer.seedOrg({ requestsPerMinute: org });
  return opened;
}

const outcomes = (syncs: Promise<unknown>[]) => Promise.allSettled(syncs);
const statuses = () => desk.kustomer.requests().map(({ status }) => status);
const claim = (index: number) => ({
  claimId: `clm_${index}`,
  customer: { email: `mira+${index}@x.example` },
});
/** When an attempt is ended. */
const shortly = () => AbortSignal.timeout(4_000);
const many = (count: number) => Array.from({ length: count }, (_, index) => index);

test('four workers with more work than the budget are never refused by Kustomer: they wait, or are told when to come again', async () => {
  desk = await openLimited(60, { requestsPerMinute: 60, workers: 4 });
  const results = await outcomes(many(40).map((index) => desk.sync(claim(index))));
  expect(statuses()).not.toContain(429);
  expect(statuses().length).toBeLessThanOrEqual(60);
  expect(desk.kustomer.klaims().length).toBeGreaterThan(0);
  const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  expect(refusals.length).toBeGreaterThan(0);
  for (const refusal of refusals) expect(refusal).toMatchObject({ kind: 'rateLimited' });
  const waits = refusals.map((refusal) => (refusal as { retryAfterMs: number }).retryAfterMs);
  expect(Math.max(...waits)).toBeGreaterThan(2 * Math.min(...waits));
  expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
});

test('what has begun is ended, though the budget is used up meanwhile', async () => {
  desk = await openLimited(6_000, { requestsPerMinute: 600 });
  desk.justBefore('POST', /\/customers$/, () => budgets.pause('kustomer:acme', 500));
  await desk.sync();
  expect(desk.theKlaim().custom['statusStr']).toBe('New');
});

test('work that can wait gets nothing where claims still do', async () => {
  desk = await openLimited(6_000, { requestsPerMinute: 100 });
  await desk.sync(claim(1));
  expect((await failureOf(desk.sync({ ...claim(2), urgency: 'background' }))).kind).toBe('rateLimited');
  await desk.sync({ ...claim(1), klaim: klaimIn('Approved') });
  expect(desk.theKlaim('clm_1').custom['statusStr']).toBe('Approved');
});

test('another integration that uses up the minute is given way to before Kustomer refuses anything', async () => {
  desk = await openLimited(1_000, { requestsPerMinute: 900, workers: 2 });
  await desk.kustomer.drainBudget('acme', 900);
  await desk.sync(claim(100));
  const results = await outcomes(many(20).map((index) => desk.sync({ ...claim(index), signal: shortly() })));
  expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect(results.some(({ status }) => status === 'rejected')).toBe(true);
  expect(statuses()).not.toContain(429);
});

test('a refusal of the org holds all workers until the second that Kustomer names', async () => {
  desk = await openLimited(100, { requestsPerMinute: 60, workers: 2 });
  await desk.kustomer.drainBudget('acme', 100);
  expect((await failureOf(desk.sync())).message).toContain('answered 429');
  const sent = statuses().length;
  for (let worker = 0; worker < 2; worker++) {
    const refusal = await failureOf(desk.sync());
    expect(refusal.message).toContain('in use by others');
    expect(refusal.retryAfterMs).toBeGreaterThan(1_000);
  }
  expect(statuses().length).toBe(sent);
});

test('a refusal about one object is told to its claim alone', async () => {
  desk = await openLimited(6_000, { requestsPerMinute: 6_000 });
  await desk.kustomer.configure({ updatesPerObjectAndMinute: 1 });
  await desk.sync(claim(1));
  await desk.sync({ ...claim(1), klaim: klaimIn('Open') });
  expect(await failureOf(desk.sync({ ...claim(1), klaim: klaimIn('Approved') }))).toMatchObject({
    kind: 'rateLimited',
    retryAfterMs: 60_000,
  });
  await desk.sync(claim(2));
  expect(desk.kustomer.klaims('clm_2')).toHaveLength(1);
});

test('orgs do not share a budget', async () => {
  const budget = createBudget(budgets);
  const spendAll = async (org: string): Promise<number> => {
    const allowance = budget.open(org, 60, 'live');
    await allowance.spend();
    return 1;
  };
  desk = await openDesk();
  await spendAll('a');
  await budgets.pause('kustomer:a', 60_000);
  expect(await spendAll('b')).toBe(1);
});

describe('leasing', () => {
  let leases: number;
  let counted: SharedBudgets;

  beforeEach(() => {
    leases = 0;
    counted = {
      pause: budgets.pause,
      lease: (key, ask) => {
        leases += 1;
        return budgets.lease(key, ask);
      },
    };
  });

  const attempt = async (budget: Budget, perMinute: number, requests: number): Promise<void> => {
    const allowance = budget.open('acme', perMinute, 'live');
    for (let sent = 0; sent < requests; sent++) await allowance.spend();
    allowance.end();
  };

  test('is one statement for many requests where the budget is large', async () => {
    desk = await openDesk();
    const budget = createBudget(counted);
    for (let turn = 0; turn < 100; turn++) await attempt(budget, 6_000, 4);
    expect(leases).toBeLessThanOrEqual(10);
  });

  test('counts what an attempt did not use for the next one', async () => {
    desk = await openDesk();
    const budget = createBudget(counted);
    await attempt(budget, 300, 3);
    await attempt(budget, 300, 5);
    expect(leases).toBe(1);
  });
});
