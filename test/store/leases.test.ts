import { DatabaseError } from 'pg';
import { leases } from '../../src/store/schema';
import { type Store } from '../../src/store/store';
import { onEachDatabase } from '../support/databases';
import { openStore } from './open-stores';

onEachDatabase((kind) => {
  let store: Store;
  let insert: (key: string, expiresAt: string) => Promise<unknown>;

  beforeAll(async () => {
    const opened = await openStore(kind);
    store = opened.store;
    insert = (key, expiresAt) => opened.database.sql.insert(leases).values({ key, holder: 'dead', expiresAt });
  });

  test('one holder at a time works under a key, and all get their turn', async () => {
    let working = 0;
    let most = 0;
    const turn = (n: number) =>
      store.leases.withLease('one', 60, async () => {
        most = Math.max(most, ++working);
        await store.ping();
        working--;
        return n;
      });
    expect(await Promise.all([1, 2, 3, 4].map(turn))).toEqual([1, 2, 3, 4]);
    expect(most).toBe(1);
  });

  test('another key does not wait', async () => {
    const inner = () => store.leases.withLease('inner', 60, async () => 'done');
    expect(await store.leases.withLease('outer', 60, inner)).toBe('done');
  });

  test('a lease is given back when the work fails, and its failure is passed on as it is', async () => {
    const failure = new DatabaseError('not ours', 8, 'error');
    await expect(store.leases.withLease('fails', 60, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await store.leases.withLease('fails', 60, async () => 'done')).toBe('done');
  });

  test('the lease of a holder that died is taken once it has run out', async () => {
    await insert('dead', new Date(Date.now() - 1_000).toISOString());
    expect(await store.leases.withLease('dead', 60, async () => 'done')).toBe('done');
  });

  test('waiting for a lease ends when it is aborted, and the work is not done', async () => {
    await insert('held', new Date(Date.now() + 600_000).toISOString());
    const work = jest.fn();
    const waiting = store.leases.withLease('held', 60, work, AbortSignal.timeout(50));
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(work).not.toHaveBeenCalled();
  });
});
