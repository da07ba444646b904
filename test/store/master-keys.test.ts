import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { type Database } from '../../src/store/database';
import { MasterKeyMissing } from '../../src/store/errors';
import { createStore, type Store } from '../../src/store/store';
import { createVault } from '../../src/store/vault';
import { onEachDatabase, onPostgres, openForTest } from '../support/databases';
import { aBrand, aDelivery } from './open-stores';

const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const idOf = (key: Buffer): string => createVault([key]).keyIds[0] ?? '';
/** A process that was given these keys. */
const withKeys = (database: Database, ...keys: Buffer[]): Store => createStore(database, createVault(keys));
const ids = async (store: Store): Promise<string[]> => (await store.masterKeys.list()).map(({ id }) => id);

onEachDatabase((kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await kind.open();
  });
  beforeEach(() => database.sql.execute(sql`truncate master_keys`));

  test('the first key of the first process is entered, and a restart with it enters nothing more', async () => {
    const store = withKeys(database, first, second);
    await store.masterKeys.use();
    await store.masterKeys.use();
    expect(await store.masterKeys.list()).toEqual([
      { id: idOf(first), since: expect.any(String) as string, resealedAt: null },
    ]);
  });

  test('a process with another key is refused, is told which key is missing and which variable lacks it, and leaves nothing behind', async () => {
    await withKeys(database, first).masterKeys.use();
    const wrong = withKeys(database, second);
    for (const start of [wrong.masterKeys.use(), wrong.masterKeys.check()]) {
      const error: unknown = await start.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(MasterKeyMissing);
      expect((error as Error).message).toMatch(
        new RegExp(`^CLAIMKEEPER_MASTER_KEYS lacks master key ${idOf(first)}, .*; it holds ${idOf(second)}\\. Put the`),
      );
    }
    await withKeys(database, first).masterKeys.use();
  });

  test('with a new key before the old one both are needed from then on', async () => {
    await withKeys(database, first).masterKeys.use();
    await withKeys(database, second, first).masterKeys.use();
    expect(new Set(await ids(withKeys(database, first)))).toEqual(new Set([idOf(first), idOf(second)]));
    await withKeys(database, first, second).masterKeys.check();
    for (const one of [first, second])
      await expect(withKeys(database, one).masterKeys.check()).rejects.toThrow(MasterKeyMissing);
  });

  test('the keys of what was sealed before there was this table are entered by its migration', async () => {
    await withKeys(database, first).brands.put('acme', aBrand());
    await withKeys(database, second).deliveries.record(aDelivery());
    const migration = join(__dirname, '..', '..', 'src', 'store', 'migrations', '0007_master-keys.sql');
    const [, insert = ''] = (await readFile(migration, 'utf8')).split('--> statement-breakpoint');
    await database.sql.execute(sql.raw(insert));
    expect(new Set(await ids(withKeys(database, first)))).toEqual(new Set([idOf(first), idOf(second)]));
  });
});

onPostgres((kind) => {
  const openTwo = async (keys: [Buffer, Buffer]): Promise<[Store, Store]> => {
    const options = await kind.fresh();
    const [one, other] = [await openForTest(options), await openForTest(options)];
    await one.migrate();
    return [withKeys(one, keys[0]), withKeys(other, keys[1])];
  };

  test('two processes that come to an empty database at once with the same key both start', async () => {
    const stores = await openTwo([first, first]);
    await Promise.all(stores.map((store) => store.masterKeys.use()));
    expect(await ids(stores[0])).toEqual([idOf(first)]);
  });

  test('of two that come to it with different keys one starts', async () => {
    const stores = await openTwo([first, second]);
    const starts = await Promise.allSettled(stores.map((store) => store.masterKeys.use()));
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await ids(stores[0])).toHaveLength(1);
  });
});
