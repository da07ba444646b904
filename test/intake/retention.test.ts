import { eq } from 'drizzle-orm';
import pino from 'pino';
import { until } from '../../sandbox/claims/until';
import { createRetention, type Retention } from '../../src/intake/retention';
import { type Database } from '../../src/store/database';
import { type DeliveryStatus } from '../../src/store/deliveries';
import { deliveries, leases } from '../../src/store/schema';
import { type Store } from '../../src/store/store';
import { aBrand, aDelivery, openStore } from '../store/open-stores';
import { onEachDatabase } from '../support/databases';

const log = pino({ level: 'silent' });
const NOW = new Date('2026-06-01T00:00:00.000Z');
const daysAgo = (days: number): string => new Date(NOW.getTime() - days * 24 * 3_600_000).toISOString();

onEachDatabase((kind) => {
  let store: Store;
  let database: Database;
  let running: Retention[] = [];
  beforeAll(async () => ({ store, database } = await openStore(kind)));
  beforeEach(() => database.sql.delete(deliveries));
  afterEach(async () => {
    await Promise.all(running.map((retention) => retention.stop()));
    running = [];
  });

  const start = (parts: Partial<Store> = {}): Retention => {
    const pace = { everyMs: 20, pauseMs: 1 };
    const retention = createRetention({ store: { ...store, ...parts }, log, now: () => NOW, pace });
    running.push(retention);
    retention.start();
    return retention;
  };
  const received = async (brand: string, days: number, status: DeliveryStatus = 'ignored'): Promise<number> => {
    const { deliveryId } = await store.deliveries.record(aDelivery({ brand, status: 'ignored' }));
    const id = Number(deliveryId);
    await database.sql
      .update(deliveries)
      .set({ receivedAt: daysAgo(days), status })
      .where(eq(deliveries.id, id));
    return id;
  };
  const kept = async (): Promise<number[]> =>
    (await database.sql.select().from(deliveries).orderBy(deliveries.id))
      .filter(({ body }) => body !== null)
      .map(({ id }) => id);
  const untilKept = (ids: readonly number[]) =>
    until(`bodies of ${ids.join()}`, async () => (await kept()).join() === ids.join());

  test('bodies go after the days that their brand says, unless they are still to be delivered', async () => {
    await store.brands.put('brief', aBrand({ policy: { retentionDays: 2 } }));
    await store.brands.put('long', aBrand({ policy: { retentionDays: 100 } }));
    const stay = [
      await received('brief', 1),
      await received('brief', 50, 'pending'),
      await received('long', 50, 'delivered'),
    ];
    for (const status of ['delivered', 'ignored', 'quarantined'] as const) await received('brief', 3, status);
    start();
    await untilKept(stay);
    expect(await database.sql.$count(deliveries)).toBe(6);
  });

  test('of a brand that is gone all go', async () => {
    await received('gone', 0.1);
    start();
    await untilKept([]);
  });

  test('of two processes one does it at a time', async () => {
    await received('gone', 1);
    let working = 0;
    let most = 0;
    const brandsWithBodies = async () => {
      most = Math.max(most, ++working);
      const brands = await store.deliveries.brandsWithBodies();
      working--;
      return brands;
    };
    const watched = { deliveries: { ...store.deliveries, brandsWithBodies } };
    start(watched);
    start(watched);
    await untilKept([]);
    expect(most).toBe(1);
  });

  test('it goes on after the database was away', async () => {
    await received('gone', 1);
    let failures = 0;
    const brandsWithBodies = () =>
      ++failures <= 2 ? Promise.reject(new Error('cut')) : store.deliveries.brandsWithBodies();
    start({ deliveries: { ...store.deliveries, brandsWithBodies } });
    await untilKept([]);
  });

  test('a stop ends it, also while another process has its turn', async () => {
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    await database.sql.insert(leases).values({ key: 'retention', holder: 'another', expiresAt });
    await start().stop();
    await database.sql.delete(leases);
  });
});
