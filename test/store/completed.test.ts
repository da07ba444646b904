import { sql } from 'drizzle-orm';
import { type CompletedClaim } from '../../src/store/completed';
import { type Database } from '../../src/store/database';
import { UnknownCursor } from '../../src/claims/unknown-cursor';
import { completedClaims } from '../../src/store/schema';
import { type Store } from '../../src/store/store';
import { onEachDatabase } from '../support/databases';
import { openStore } from './open-stores';

const aClaim = (parts: Partial<CompletedClaim> = {}): CompletedClaim => ({
  brand: 'acme',
  claimId: 'cl-1',
  phase: 'settled',
  attention: 'none',
  source: 'order-protection',
  orderId: 'BR-20417',
  state: '{"customer":"Mira"}',
  completedAt: '2026-03-02T09:14:07.000Z',
  ...parts,
});

onEachDatabase((kind) => {
  let store: Store;
  let database: Database;

  beforeAll(async () => ({ store, database } = await openStore(kind)));
  beforeEach(() => database.sql.delete(completedClaims));

  test('a final state is read back, by its brand and claim only', async () => {
    await store.completed.save(aClaim());
    expect(await store.completed.get('acme', 'cl-1')).toBe('{"customer":"Mira"}');
    expect(await store.completed.get('bolt', 'cl-1')).toBeNull();
    expect(await store.completed.get('acme', 'cl-2')).toBeNull();
  });

  test('a newer final state replaces an older one, and an older one that comes late does not', async () => {
    await store.completed.save(aClaim());
    const newer = aClaim({ phase: 'closed', state: '"newer"', completedAt: '2026-03-03T09:14:07.000Z' });
    await store.completed.save(newer);
    await store.completed.save(aClaim({ state: '"late"' }));
    expect(await store.completed.get('acme', 'cl-1')).toBe('"newer"');
    expect((await store.completed.list('acme', {})).items).toMatchObject([{ phase: 'closed' }]);
  });

  test('the state is not in clear in the database', async () => {
    await store.completed.save(aClaim());
    const rows = await database.sql.execute(sql`select encode(state, 'escape') as state from completed_claims`);
    expect(JSON.stringify(rows)).toContain('state');
    expect(JSON.stringify(rows)).not.toContain('Mira');
  });

  test('claims are listed newest first, page by page, also when many ended at the same time', async () => {
    const ids = Array.from({ length: 120 }, (_, n) => `cl-${String(n).padStart(3, '0')}`);
    for (const [n, claimId] of ids.entries())
      await store.completed.save(aClaim({ claimId, completedAt: `2026-03-0${1 + (n >> 5)}T00:00:00.000Z` }));
    await store.completed.save(aClaim({ brand: 'bolt' }));
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await store.completed.list('acme', cursor === undefined ? {} : { cursor });
      seen.push(...page.items.map(({ claimId }) => claimId));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(ids.reverse());
  });

  test('claims are found by phase, attention and order', async () => {
    await store.completed.save(aClaim());
    await store.completed.save(aClaim({ claimId: 'cl-2', phase: 'denied', orderId: null }));
    await store.completed.save(aClaim({ claimId: 'cl-3', attention: 'contradiction', orderId: 'BR-2' }));
    const found = async (filter: Parameters<Store['completed']['list']>[1]): Promise<string[]> =>
      (await store.completed.list('acme', filter)).items.map(({ claimId }) => claimId);
    expect(await found({ phase: 'denied' })).toEqual(['cl-2']);
    expect(await found({ attention: 'contradiction' })).toEqual(['cl-3']);
    expect(await found({ order: 'BR-20417' })).toEqual(['cl-1']);
    expect(await found({ phase: 'settled', order: 'BR-2' })).toEqual(['cl-3']);
    expect((await store.completed.list('acme', { phase: 'denied' })).items).toEqual([
      {
        claimId: 'cl-2',
        phase: 'denied',
        attention: 'none',
        source: 'order-protection',
        orderId: null,
        completedAt: '2026-03-02T09:14:07.000Z',
      },
    ]);
  });

  test('a cursor that no page gave out is refused', async () => {
    await expect(store.completed.list('acme', { cursor: 'WzFd' })).rejects.toThrow(UnknownCursor);
  });
});
