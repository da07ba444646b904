import { eq, sql } from 'drizzle-orm';
import { type Database } from '../../src/store/database';
import { type DeliveryStatus } from '../../src/store/deliveries';
import { UnknownCursor } from '../../src/claims/unknown-cursor';
import { deliveries } from '../../src/store/schema';
import { createStore, type Store } from '../../src/store/store';
import { createVault } from '../../src/store/vault';
import { onEachDatabase } from '../support/databases';
import { aDelivery, openStore } from './open-stores';

onEachDatabase((kind) => {
  let store: Store;
  let database: Database;

  beforeAll(async () => ({ store, database } = await openStore(kind)));
  beforeEach(() => database.sql.delete(deliveries));

  const logged = async (): Promise<[string, DeliveryStatus, string | null][]> =>
    (await store.deliveries.list('acme', {})).items.map(({ id, status, error }) => [id, status, error]);
  const leaseAll = (seconds = 60) => store.deliveries.lease({ limit: 100, seconds });

  test('a delivery is given out as it was received', async () => {
    const delivery = aDelivery();
    const { deliveryId, duplicate } = await store.deliveries.record(delivery);
    expect(duplicate).toBe(false);
    const { source, topic, claimId, body } = delivery;
    expect(await leaseAll()).toEqual([
      { deliveryId, brand: 'acme', source, topic, claimId, body, receivedAt: expect.any(String), attempts: 1 },
    ]);
  });

  test('of five equal deliveries at once one is stored, and the repeats name it', async () => {
    const delivery = aDelivery();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => store.deliveries.record(delivery)));
    expect(outcomes.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(new Set(outcomes.map(({ deliveryId }) => deliveryId)).size).toBe(1);
    expect(await leaseAll()).toHaveLength(1);
  });

  test('of a burst with repeats in it each different one is stored once, and each caller hears of its own', async () => {
    const different = Array.from({ length: 10 }, (_, n) => aDelivery({ body: `{"n":${n}}` }));
    const burst = [...different, ...different, ...different.toReversed()];
    const outcomes = await Promise.all(burst.map((delivery) => store.deliveries.record(delivery)));
    expect(outcomes.filter(({ duplicate }) => !duplicate)).toHaveLength(10);
    const idOf = new Map((await leaseAll()).map(({ deliveryId, body }) => [body, deliveryId]));
    expect(idOf.size).toBe(10);
    expect(outcomes.map(({ deliveryId }) => deliveryId)).toEqual(burst.map(({ body }) => idOf.get(body)));
  });

  test('the same key of another brand or source is another delivery', async () => {
    const delivery = aDelivery();
    await store.deliveries.record(delivery);
    const others = [
      { ...delivery, brand: 'bolt' },
      { ...delivery, source: 'karla' },
    ];
    for (const other of others) expect(await store.deliveries.record(other)).toMatchObject({ duplicate: false });
  });

  test('what a sender wrote is not in clear in the database', async () => {
    await store.deliveries.record(aDelivery({ body: '{"email":"mira@example.test"}' }));
    const rows = await database.sql.execute(
      sql`select encode(body, 'escape') as body, deliveries::text from deliveries`,
    );
    expect(JSON.stringify(rows)).toContain('order-protection');
    expect(JSON.stringify(rows)).not.toContain('mira');
  });

  test('text that PostgreSQL cannot hold does not keep a delivery from being stored and given out', async () => {
    const odd = aDelivery({ topic: 'claim\0', dedupeKey: `odd\0\ud800`, claimId: 'cl\0', body: '"\0 \ud83d\ude00"' });
    await store.deliveries.record(odd);
    expect(await store.deliveries.record(odd)).toMatchObject({ duplicate: true });
    expect(await leaseAll()).toMatchObject([{ topic: 'claim\ufffd', claimId: 'cl\ufffd', body: odd.body }]);
  });

  test('deliveries are leased in the order of arrival, each to one taker, even by takers at the same time', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 12; n++) ids.push((await store.deliveries.record(aDelivery())).deliveryId);
    const takes = await Promise.all(Array.from({ length: 4 }, () => store.deliveries.lease({ limit: 3, seconds: 60 })));
    const taken = takes.map((take) => take.map(({ deliveryId }) => deliveryId));
    for (const take of taken) expect(take).toEqual([...take].sort((a, b) => Number(a) - Number(b)));
    expect(taken.flat().sort((a, b) => Number(a) - Number(b))).toEqual(ids);
  });

  test('a lease that runs out is taken again, and counts', async () => {
    await store.deliveries.record(aDelivery());
    await leaseAll(0);
    expect(await leaseAll()).toMatchObject([{ attempts: 2 }]);
    expect(await leaseAll()).toEqual([]);
  });

  test('only pending deliveries are given out', async () => {
    await store.deliveries.record(aDelivery({ status: 'ignored' }));
    await store.deliveries.record(aDelivery({ status: 'quarantined', error: 'unknown topic' }));
    expect(await leaseAll()).toEqual([]);
  });

  test('a delivered one is not given out again, and has the claim it turned out to be of', async () => {
    const { deliveryId } = await store.deliveries.record(aDelivery({ claimId: null }));
    await leaseAll(0);
    await store.deliveries.delivered(deliveryId, 'cl-9');
    expect(await leaseAll()).toEqual([]);
    const { items } = await store.deliveries.list('acme', {});
    expect(items).toMatchObject([{ id: deliveryId, status: 'delivered', claimId: 'cl-9' }]);
  });

  test('a postponed one is due after its wait, and says why', async () => {
    const { deliveryId } = await store.deliveries.record(aDelivery());
    await leaseAll();
    await store.deliveries.postpone(deliveryId, 'Temporal is down', 60);
    expect(await logged()).toEqual([[deliveryId, 'pending', 'Temporal is down']]);
    expect(await leaseAll()).toEqual([]);
    await store.deliveries.postpone(deliveryId, 'Temporal is down', 0);
    expect(await leaseAll()).toHaveLength(1);
  });

  test('the holder of a lease that ran out does not undo what the next one did', async () => {
    const { deliveryId } = await store.deliveries.record(aDelivery());
    await leaseAll(0);
    await leaseAll();
    await store.deliveries.delivered(deliveryId, 'cl-1');
    await store.deliveries.quarantine(deliveryId, 'too late');
    await store.deliveries.postpone(deliveryId, 'too late', 0);
    expect(await logged()).toEqual([[deliveryId, 'delivered', null]]);
  });

  test.each(['pending', 'ignored', 'quarantined'] as const)(
    'a replay makes one that is %s pending and due',
    async (status) => {
      const { deliveryId } = await store.deliveries.record(aDelivery({ status, error: 'unknown topic' }));
      await leaseAll();
      expect(await store.deliveries.replay('acme', deliveryId)).toBe('replayed');
      expect(await logged()).toEqual([[deliveryId, 'pending', null]]);
      expect(await leaseAll()).toHaveLength(1);
    },
  );

  test.each(['bolt', 'acme'])('what brand %s does not have cannot be replayed', async (brand) => {
    const { deliveryId } = await store.deliveries.record(aDelivery());
    const ids = brand === 'acme' ? ['0', '-1', 'x', '', '1e3', '9'.repeat(30)] : [deliveryId];
    for (const id of ids) expect(await store.deliveries.replay(brand, id)).toBe('unknown');
  });

  test('one that cannot be decrypted goes into quarantine with what to do, and holds up no other', async () => {
    const rotatedTooFar = createStore(database, createVault([Buffer.alloc(32, 8)]));
    const { deliveryId: lost } = await store.deliveries.record(aDelivery());
    const { deliveryId: fine } = await rotatedTooFar.deliveries.record(aDelivery());
    expect(await rotatedTooFar.deliveries.lease({ limit: 10, seconds: 60 })).toMatchObject([{ deliveryId: fine }]);
    expect(await logged()).toEqual([
      [fine, 'pending', null],
      [lost, 'quarantined', expect.stringContaining('add that key to CLAIMKEEPER_MASTER_KEYS')],
    ]);
    await store.deliveries.replay('acme', lost);
    expect(await store.deliveries.lease({ limit: 1, seconds: 60 })).toMatchObject([{ deliveryId: lost }]);
  });

  test('one that cannot be decrypted takes no place in a lease: the next comes in its stead', async () => {
    const rotatedTooFar = createStore(database, createVault([Buffer.alloc(32, 8)]));
    for (let lost = 0; lost < 3; lost++) await store.deliveries.record(aDelivery());
    const { deliveryId: fine } = await rotatedTooFar.deliveries.record(aDelivery());
    expect(await rotatedTooFar.deliveries.lease({ limit: 1, seconds: 60 })).toMatchObject([{ deliveryId: fine }]);
  });

  test('a body that was moved to another delivery is not taken for its own', async () => {
    const { deliveryId: from } = await store.deliveries.record(aDelivery({ status: 'ignored' }));
    const { deliveryId: to } = await store.deliveries.record(aDelivery());
    const [row] = await database.sql
      .select()
      .from(deliveries)
      .where(eq(deliveries.id, Number(from)));
    await database.sql
      .update(deliveries)
      .set({ body: row?.body ?? Buffer.of() })
      .where(eq(deliveries.id, Number(to)));
    expect(await leaseAll()).toEqual([]);
    expect(await logged()).toContainEqual([to, 'quarantined', expect.stringContaining('moved')]);
  });

  test('the log is read newest first, page by page, and by status', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 120; n++) {
      const status = n % 2 === 0 ? 'ignored' : 'quarantined';
      ids.unshift((await store.deliveries.record(aDelivery({ status }))).deliveryId);
    }
    await store.deliveries.record(aDelivery({ brand: 'bolt' }));
    const read = async (status?: DeliveryStatus): Promise<string[][]> => {
      const pages: string[][] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const filter = { ...(status && { status }), ...(cursor && { cursor }) };
        const page = await store.deliveries.list('acme', filter);
        pages.push(page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      return pages;
    };
    expect(await read()).toEqual([ids.slice(0, 50), ids.slice(50, 100), ids.slice(100)]);
    expect((await read('quarantined')).flat()).toEqual(ids.filter((_, index) => index % 2 === 0));
  });

  test.each(['x', '', 'W10', Buffer.from('["1; drop table"]').toString('base64url')])(
    'a cursor that no page gave out is refused: "%s"',
    async (cursor) => {
      await expect(store.deliveries.list('acme', { cursor })).rejects.toThrow(UnknownCursor);
    },
  );
});
