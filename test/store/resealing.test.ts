import { sql } from 'drizzle-orm';
import { type Database } from '../../src/store/database';
import { type ResealOptions, type Resealed, type SealedCounts } from '../../src/store/resealing';
import { brands } from '../../src/store/schema';
import { SEALED } from '../../src/store/sealed-columns';
import { createStore, type Store } from '../../src/store/store';
import { createVault } from '../../src/store/vault';
import { onEachDatabase, onPostgres, openForTest } from '../support/databases';
import { until } from '../../sandbox/claims/until';
import { aBrand, aDelivery, anEntry, reserve } from './open-stores';

const [old, fresh] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const [oldId, freshId] = createVault([old, fresh]).keyIds as [string, string];
const withKeys = (database: Database, ...keys: Buffer[]): Store => createStore(database, createVault(keys));

/** Every kind of sealed value, and more deliveries than one step takes. */
async function fill(store: Store): Promise<void> {
  await store.brands.put('acme', aBrand({ kustomer: { org: 'acme', apiKey: 'key-of-acme' } }));
  await Promise.all(Array.from({ length: 80 }, (_, n) => store.deliveries.record(aDelivery({ dedupeKey: `d-${n}` }))));
  await reserve(store, anEntry({ resolutionId: 'res_1', claimId: 'cl-1' }));
  await reserve(store, anEntry({ resolutionId: 'res_2', claimId: 'cl-2' }));
  const answer = { outcome: 'declined', reason: 'out of stock' } as const;
  await store.ledger.accept('acme', 'cl-1', 'res_1', answer, '2026-03-03T09:14:07.000Z');
  const about = { phase: 'settled', attention: 'none', source: 'karla', orderId: 'o-1' };
  await store.completed.save({
    brand: 'acme',
    claimId: 'cl-9',
    ...about,
    state: '{}',
    completedAt: '2026-03-02T09:14:07.000Z',
  });
  await note(store);
}

const note = (store: Store) =>
  store.audit.append({
    callId: 'call-1',
    actor: 'admin',
    action: 'DELETE /v1/brands/{brand}',
    brand: 'acme',
    claimId: null,
    outcome: 'done',
    details: {},
    at: '2026-03-02T09:14:07.000Z',
  });

/** Everything opens. */
async function readAll(store: Store): Promise<void> {
  expect(await store.brands.get('acme')).toMatchObject({ kustomer: { apiKey: 'key-of-acme' } });
  expect(await store.deliveries.lease({ limit: 200, seconds: 0 })).toHaveLength(81);
  expect(await store.ledger.forClaim('acme', 'cl-1')).toMatchObject([{ answer: { reason: 'out of stock' } }]);
  expect(await store.completed.get('acme', 'cl-9')).toBe('{}');
  expect(await store.audit.verify()).toMatchObject({ faultCount: 0 });
}

const reseal = (store: Store, options: Partial<ResealOptions> = {}): Promise<Resealed> =>
  store.resealing.reseal({ onStep: () => undefined, signal: new AbortController().signal, ...options });

/** How many values are sealed with a key. */
const sealedWith = (id: string, counts: readonly SealedCounts[]): number =>
  counts.reduce((sum, { keys }) => sum + (keys[id] ?? 0), 0);
const keysOf = async (store: Store): Promise<{ old: number; fresh: number }> => {
  const counts = await store.resealing.count();
  return { old: sealedWith(oldId, counts), fresh: sealedWith(freshId, counts) };
};

onEachDatabase((kind) => {
  let database: Database;
  let rotating: Store;
  beforeAll(async () => {
    database = await kind.open();
    rotating = withKeys(database, fresh, old);
  });
  beforeEach(async () => {
    await database.sql.execute(
      sql`truncate brands, deliveries, ledger, losses, completed_claims, audit, audit_end cascade`,
    );
    await fill(withKeys(database, old));
  });

  test('every sealed column is counted, and after a rotation opens with the new key alone', async () => {
    const before = await rotating.resealing.count();
    expect(before.map(({ column }) => column)).toEqual(Object.values(SEALED).map(({ name }) => name));
    for (const { column, keys } of before)
      expect([column, keys]).toEqual([column, { [oldId]: expect.any(Number) as number }]);
    const all = sealedWith(oldId, before);
    let told = 0;
    const done = await reseal(rotating, { onStep: (values) => void (told += values) });
    expect([done, told]).toEqual([{ resealed: all, broken: [], brokenCount: 0 }, all]);
    expect(await keysOf(rotating)).toEqual({ old: 0, fresh: all });
    await readAll(withKeys(database, fresh));
  });

  test('a rotation that is stopped half way leaves everything readable, and the next one goes on with what is left', async () => {
    const stop = new AbortController();
    const { resealed } = await reseal(rotating, {
      onStep: (values) => values > 30 && stop.abort(),
      signal: stop.signal,
    });
    const { old: left, fresh: done } = await keysOf(rotating);
    expect([left > 0, done > 0]).toEqual([true, true]);
    expect(done).toBe(resealed);
    await readAll(rotating);
    expect((await reseal(rotating)).resealed).toBe(left);
    await readAll(withKeys(database, fresh));
  });

  test('what is written while a rotation runs is not overwritten', async () => {
    // Between two steps, by processes that seal with either key.
    const writers = [withKeys(database, old, fresh), rotating] as const;
    let steps = 0;
    const changes: Promise<unknown>[] = [];
    await reseal(rotating, {
      onStep: () => {
        const [slow, quick] = writers;
        const step = steps++;
        changes.push(slow.brands.put('acme', aBrand({ kustomer: { org: 'acme', apiKey: `key-${step}` } })));
        changes.push(quick.deliveries.record(aDelivery({ dedupeKey: `new-${step}` })), note(slow), note(quick));
      },
    });
    await Promise.all(changes);
    // Read by a process that has not looked before: a store remembers a brand for a second.
    const put = await withKeys(database, old, fresh).brands.get('acme');
    expect(put).toMatchObject({ kustomer: { apiKey: `key-${steps - 1}` } });
    expect(await rotating.deliveries.lease({ limit: 200, seconds: 0 })).toHaveLength(81 + steps);
    expect(await rotating.audit.verify()).toMatchObject({ head: { seq: 1 + 2 * steps }, faultCount: 0 });
    await reseal(rotating);
    expect((await keysOf(rotating)).old).toBe(0);
  });

  test('a value that does not open is named and left, and all others are resealed', async () => {
    await database.sql.execute(sql`update deliveries set body = body || '\\x00' where dedupe_key in ('d-3', 'd-70')`);
    const { resealed, broken, brokenCount } = await reseal(rotating);
    expect(brokenCount).toBe(2);
    expect(broken.sort()[0]).toMatch(/deliveries\.body.*"d-3".* of brand acme does not open/);
    expect(await keysOf(rotating)).toEqual({ old: 2, fresh: resealed });
  });
});

onPostgres((kind) => {
  test('a value that another process replaces between reading and writing stays as that process wrote it', async () => {
    const options = await kind.fresh();
    const [database, other] = [await openForTest(options), await openForTest(options)];
    await database.migrate();
    await withKeys(database, old).brands.put('acme', aBrand());
    const theirs = createVault([old]).seal('acme', SEALED.brandSecrets.binding(), '{}');
    const resealed = await other.sql.transaction(async (tx) => {
      await tx.update(brands).set({ secrets: theirs });
      const round = reseal(withKeys(database, fresh, old));
      await until('a round that waits for the row', async () => {
        const [{ waiting }] = (await tx
          .select({ waiting: sql<number>`count(*)::int` })
          .from(sql`pg_locks where not granted`)) as [{ waiting: number }];
        return waiting > 0;
      });
      return { round };
    });
    expect((await resealed.round).resealed).toBe(0);
    const [row] = await database.sql.select({ secrets: brands.secrets }).from(brands);
    expect(row?.secrets).toEqual(theirs);
  });
});
