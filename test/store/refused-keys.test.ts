import { sql } from 'drizzle-orm';
import { refusedKeys } from '../../src/store/schema';
import { type Store } from '../../src/store/store';
import { onEachDatabase } from '../support/databases';
import { aBrand, openStore } from './open-stores';

onEachDatabase((kind) => {
  let store: Store;
  let aMinuteLater: () => Promise<unknown>;
  const KEY = { brand: 'acme', partner: 'kustomer', key: 'a-key' };

  beforeAll(async () => {
    const opened = await openStore(kind);
    store = opened.store;
    await store.brands.put('acme', aBrand());
    aMinuteLater = () =>
      opened.database.sql.update(refusedKeys).set({ triedAt: sql`${refusedKeys.triedAt} - interval '61 seconds'` });
  });

  test('a refused key is news once, is tried once a minute by one of all workers, and is free again when it works', async () => {
    expect(await store.refusedKeys.ask(KEY)).toBe('free');
    expect(await Promise.all([1, 2, 3].map(() => store.refusedKeys.refused(KEY, 'revoked')))).toEqual(
      expect.arrayContaining([true, false, false]),
    );
    expect(await store.refusedKeys.ask(KEY)).toEqual({ refused: 'revoked' });
    expect(await store.refusedKeys.list('acme')).toMatchObject([{ partner: 'kustomer', message: 'revoked' }]);
    await aMinuteLater();
    const answers = await Promise.all([1, 2, 3].map(() => store.refusedKeys.ask(KEY)));
    expect(answers.filter((answer) => answer === 'trial')).toHaveLength(1);
    expect(await store.refusedKeys.clear('acme', 'kustomer')).toBe(true);
    expect(await store.refusedKeys.ask(KEY)).toBe('free');
  });

  test('another key of the same brand is not refused; when it is, too, that is news', async () => {
    await store.refusedKeys.refused(KEY, 'revoked');
    const other = { ...KEY, key: 'another-key' };
    expect(await store.refusedKeys.ask(other)).toBe('free');
    expect(await store.refusedKeys.refused(other, 'of another region')).toBe(true);
    expect(await store.refusedKeys.list('acme')).toMatchObject([{ message: 'of another region' }]);
    expect(await store.refusedKeys.clear('acme')).toBe(true);
    expect(await store.refusedKeys.clear('acme')).toBe(false);
  });
});
