import { sql } from 'drizzle-orm';
import { type Database } from '../../src/store/database';
import { type DeliveryStatus } from '../../src/store/deliveries';
import { deliveries } from '../../src/store/schema';
import { type Store } from '../../src/store/store';
import { onEachDatabase } from '../support/databases';
import { aDelivery, openStore } from './open-stores';

const [old, cutOff, young] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'];

onEachDatabase((kind) => {
  let store: Store;
  let database: Database;
  beforeAll(async () => ({ store, database } = await openStore(kind)));
  beforeEach(() => database.sql.delete(deliveries));

  /** Many at once, with bodies that nobody opens. */
  const fill = (brand: string, status: DeliveryStatus, receivedAt: string, count: number) =>
    database.sql.execute(sql`insert into deliveries (brand, source, topic, dedupe_key, body, status, received_at)
      select ${brand}, 'order-protection', 'claim.created', gen_random_uuid()::text, 'sealed', ${status}, ${receivedAt}::timestamptz
      from generate_series(1, ${count}::int)`);
  const withBody = async (brand: string): Promise<number> =>
    (await database.sql.select({ body: deliveries.body, brand: deliveries.brand }).from(deliveries)).filter(
      (row) => row.brand === brand && row.body !== null,
    ).length;
  const eraseAll = async (brand: string): Promise<number[]> => {
    const steps: number[] = [];
    do steps.push(await store.deliveries.eraseBodies(brand, cutOff));
    while (steps.at(-1) !== 0);
    return steps;
  };

  test('all quarantined ones of a brand are replayed, and no others', async () => {
    await fill('acme', 'quarantined', young, 1_100);
    await fill('acme', 'ignored', young, 3);
    await fill('bolt', 'quarantined', young, 2);
    expect(await store.deliveries.replayQuarantined('acme')).toBe(1_100);
    const counted = await database.sql
      .select({ brand: deliveries.brand, status: deliveries.status, count: sql<number>`count(*)::int` })
      .from(deliveries)
      .groupBy(deliveries.brand, deliveries.status)
      .orderBy(deliveries.brand, deliveries.status);
    expect(counted).toEqual([
      { brand: 'acme', status: 'ignored', count: 3 },
      { brand: 'acme', status: 'pending', count: 1_100 },
      { brand: 'bolt', status: 'quarantined', count: 2 },
    ]);
  });

  test('what goes back into quarantine while the others are replayed is not replayed for ever', async () => {
    for (let n = 0; n < 5; n++) await store.deliveries.record(aDelivery({ status: 'quarantined', error: 'odd' }));
    const stop = store.deliveries.onArrival(() => {
      void store.deliveries
        .lease({ limit: 10, seconds: 60 })
        .then((leased) => leased.map(({ deliveryId }) => store.deliveries.quarantine(deliveryId, 'odd')));
    });
    expect(await store.deliveries.replayQuarantined('acme')).toBe(5);
    stop();
  });

  test('bodies are erased in small steps: those that came before the time and are not pending, and nothing else of them', async () => {
    await fill('acme', 'delivered', old, 600);
    await fill('acme', 'ignored', old, 2);
    await fill('acme', 'quarantined', old, 2);
    await fill('acme', 'pending', old, 4);
    await fill('acme', 'delivered', young, 8);
    await fill('bolt', 'delivered', old, 16);
    expect(await eraseAll('acme')).toEqual([500, 104, 0]);
    expect(await withBody('acme')).toBe(4 + 8);
    expect(await withBody('bolt')).toBe(16);
    expect(await database.sql.$count(deliveries)).toBe(632);
  });

  test('the brands of which bodies may be erased are found, whether they still exist or not', async () => {
    await fill('bolt', 'delivered', young, 3);
    await fill('acme', 'quarantined', old, 3);
    await fill('cargo', 'pending', old, 3);
    await fill('dray', 'delivered', old, 3);
    await eraseAll('dray');
    expect(await store.deliveries.brandsWithBodies()).toEqual(['acme', 'bolt']);
  });

  test('a body that was erased is not there to be replayed, alone or with all others', async () => {
    const { deliveryId } = await store.deliveries.record(aDelivery({ status: 'quarantined', error: 'odd' }));
    await store.deliveries.eraseBodies('acme', '2999-01-01T00:00:00.000Z');
    expect(await store.deliveries.replay('acme', deliveryId)).toBe('erased');
    expect(await store.deliveries.replay('bolt', deliveryId)).toBe('unknown');
    expect(await store.deliveries.replayQuarantined('acme')).toBe(0);
    expect((await store.deliveries.list('acme', {})).items).toMatchObject([{ id: deliveryId, status: 'quarantined' }]);
  });

  test('the database itself keeps the body of what is pending', async () => {
    await fill('acme', 'pending', old, 1);
    await expect(database.sql.update(deliveries).set({ body: null })).rejects.toThrow();
    expect(await withBody('acme')).toBe(1);
  });
});
