import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { type BudgetAsk } from '../../src/store/request-budgets';
import { requestBudgets } from '../../src/store/schema';
import { type Store } from '../../src/store/store';
import { onEachDatabase } from '../support/databases';
import { openStore, openTwoStores } from './open-stores';

const ASK: BudgetAsk = { capacity: 20, intervalMs: 1_000, requests: 8, atLeast: 8, reserve: 0, headroom: 20 };

onEachDatabase((kind) => {
  let store: Store;
  /** As if so much time had passed. */
  let pass: (key: string, milliseconds: number) => Promise<unknown>;

  beforeAll(async () => {
    const opened = await openStore(kind);
    store = opened.store;
    pass = (key, milliseconds) =>
      opened.database.sql
        .update(requestBudgets)
        .set({ spentUntil: sql`${requestBudgets.spentUntil} - ${milliseconds} * interval '1 millisecond'` })
        .where(eq(requestBudgets.key, key));
  });

  const lease = (key: string, ask: Partial<BudgetAsk> = {}) =>
    store.requestBudgets.lease(key, { ...ASK, headroom: ask.capacity ?? ASK.capacity, ...ask });
  const granted = async (key: string, ask: Partial<BudgetAsk> = {}) => (await lease(key, ask)).granted;

  test('a budget is full at first, is used up, and fills by one request per interval', async () => {
    expect([await granted('a'), await granted('a'), await granted('a'), await granted('a', { atLeast: 1 })]).toEqual([
      8, 8, 0, 4,
    ]);
    expect(await granted('a', { atLeast: 1 })).toBe(0);
    await pass('a', 5_000);
    expect(await granted('a', { atLeast: 1 })).toBe(5);
  });

  test('it fills up to its capacity, however long nobody asks', async () => {
    await granted('b');
    await pass('b', 3_600_000);
    expect(await granted('b', { requests: 100 })).toBe(20);
  });

  test('whoever gets nothing is told how long until there is enough', async () => {
    await granted('c', { requests: 20 });
    const { waitMs } = await lease('c', { requests: 3, atLeast: 3, reserve: 2 });
    expect(waitMs).toBeLessThanOrEqual(5_000);
    expect(waitMs).toBeGreaterThan(0);
    await pass('c', waitMs);
    expect(await granted('c', { requests: 3, atLeast: 3, reserve: 2 })).toBe(3);
  });

  test('a reserve is left to others', async () => {
    expect(await granted('d', { requests: 100, reserve: 10 })).toBe(10);
    expect(await granted('d', { requests: 100, reserve: 10, atLeast: 1 })).toBe(0);
    expect(await granted('d', { requests: 100, atLeast: 1 })).toBe(10);
  });

  test('what the partner leaves bounds what is granted, to everybody and until it has filled up again', async () => {
    expect(await granted('e', { requests: 100, headroom: 5, atLeast: 1 })).toBe(5);
    expect(await granted('e', { atLeast: 1 })).toBe(0);
    await pass('e', 60_000);
    expect((await lease('e', { headroom: -3, atLeast: 1 })).waitMs).toBe(4_000);
    expect(await granted('e', { atLeast: 1 })).toBe(0);
  });

  test('a pause holds everybody, and never shortens a longer one', async () => {
    await granted('f', { requests: 1, atLeast: 1 });
    await store.requestBudgets.pause('f', 30_000);
    await store.requestBudgets.pause('f', 10_000);
    const { granted: none, waitMs } = await lease('f', { atLeast: 1 });
    expect(none).toBe(0);
    expect(waitMs).toBeGreaterThan(29_000);
    await pass('f', 31_500);
    expect(await granted('f', { atLeast: 1 })).toBe(1);
  });

  test('keys do not share', async () => {
    await granted('g', { requests: 20 });
    expect(await granted('h')).toBe(8);
  });

  test('whoever asks for what and whenever: no more is granted in any stretch of time than the capacity and one per interval', async () => {
    let run = 0;
    const step = fc.record({
      passMs: fc.integer({ min: 0, max: 30_000 }),
      ask: fc.record({
        requests: fc.integer({ min: 1, max: 60 }),
        atLeast: fc.integer({ min: 1, max: 8 }),
        reserve: fc.integer({ min: 0, max: 8 }),
      }),
    });
    const capacityOf = fc.integer({ min: 16, max: 100 });
    await fc.assert(
      fc.asyncProperty(
        capacityOf,
        fc.integer({ min: 50, max: 4_000 }),
        fc.array(step, { minLength: 2, maxLength: 12 }),
        async (capacity, intervalMs, steps) => {
          const key = `run-${++run}`;
          const origin = performance.now();
          let passed = 0;
          const now = () => performance.now() - origin + passed;
          const grants: { from: number; to: number; granted: number }[] = [];
          for (const { passMs, ask } of steps) {
            await pass(key, passMs);
            passed += passMs;
            const from = now();
            const requests = await granted(key, { capacity, intervalMs, ...ask });
            grants.push({ from, to: now(), granted: requests });
          }
          grants.forEach(({ from }, first) => {
            let sum = 0;
            for (const grant of grants.slice(first)) {
              sum += grant.granted;
              expect(sum).toBeLessThanOrEqual(capacity + (grant.to - from) / intervalMs + 1e-6);
            }
          });
        },
      ),
      { numRuns: 40, seed: 20_417 },
    );
  });

  test('processes that ask at once are granted no more together than one would be', async () => {
    const stores = kind.name === 'PGlite' ? [store, store] : await openTwoStores(kind);
    const origin = performance.now();
    const ask = { ...ASK, intervalMs: 50, atLeast: 1 };
    const greedy = async ({ requestBudgets: budgets }: Store): Promise<number> => {
      let sum = 0;
      for (let turn = 0; turn < 50; turn++) sum += (await budgets.lease('shared', ask)).granted;
      return sum;
    };
    const sums = await Promise.all([...stores, ...stores].map(greedy));
    const sum = sums.reduce((a, b) => a + b, 0);
    expect(sum).toBeGreaterThanOrEqual(20);
    expect(sum).toBeLessThanOrEqual(20 + (performance.now() - origin) / 50);
  });
});
