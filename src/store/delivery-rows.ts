import { and, asc, eq, getTableColumns, lte, sql, type SQL } from 'drizzle-orm';
import { inBatches } from './batches';
import { type Bell } from './bell';
import { type Sql } from './database';
import { type Delivery, type DeliveryStore, type NewDelivery, type Recorded } from './deliveries';
import { bodyBinding, keyOf, prepareFind, prepareInsert } from './delivery-insert';
import { createDeliveryLog } from './delivery-log';
import { DatabaseRefused, SealBroken } from './errors';
import { deliveries } from './schema';
import { type Vault } from './vault';

/** Several rows in one statement, as far as they are no heavier together than the largest body that comes alone. */
const BATCH = { inputs: 64, weight: 1024 * 1024, weigh: ({ body }: NewDelivery): number => body.length };

export function createDeliveries(db: Sql, vault: Vault, bell: Bell): DeliveryStore {
  const insert = prepareInsert(db, vault);
  const find = prepareFind(db);

  async function recordAll(batch: readonly NewDelivery[]): Promise<Recorded[]> {
    const fresh = await insert(batch);
    const isFresh = (delivery: NewDelivery): boolean => fresh.has(keyOf(delivery));
    if (batch.some((delivery) => delivery.status === 'pending' && isFresh(delivery))) bell.ring();
    const repeats = batch.filter((delivery) => !isFresh(delivery));
    const known = repeats.length === 0 ? fresh : new Map([...(await find(repeats)), ...fresh]);
    const told = new Set<string>();
    return batch.map((delivery) => {
      const key = keyOf(delivery);
      const deliveryId = known.get(key);
      if (deliveryId === undefined)
        throw new DatabaseRefused('The delivery that this one repeats was removed in between.');
      // Of equal ones in one batch, one was inserted.
      const duplicate = !fresh.has(key) || told.has(key);
      told.add(key);
      return { deliveryId, duplicate };
    });
  }

  /** Only a pending row takes an outcome: a lease that ran out must not undo what its next holder did. */
  const settle = async (
    deliveryId: string,
    outcome: Partial<typeof deliveries.$inferInsert> | { dueAt: SQL },
  ): Promise<void> => {
    await db
      .update(deliveries)
      .set(outcome)
      .where(and(eq(deliveries.id, Number(deliveryId)), eq(deliveries.status, 'pending')));
  };

  const store: DeliveryStore = {
    record: inBatches(recordAll, BATCH),

    async lease({ limit, seconds }) {
      const due = db
        .select({ id: deliveries.id })
        .from(deliveries)
        .where(and(eq(deliveries.status, 'pending'), lte(deliveries.dueAt, sql`now()`)))
        .orderBy(asc(deliveries.id))
        .limit(limit)
        .for('update', { skipLocked: true });
      const rows = await db
        .update(deliveries)
        .set({ dueAt: inSeconds(seconds), attempts: sql`${deliveries.attempts} + 1` })
        // An array is made once; `in (select …)` may be planned as a join that locks more than `limit` rows.
        .where(sql`${deliveries.id} = any(array(${due}))`)
        .returning({ ...getTableColumns(deliveries), body: bodyOfPending });
      const opened = await Promise.all(rows.sort((a, b) => a.id - b.id).map(openOrQuarantine));
      return opened.filter((delivery) => delivery !== null);
    },

    delivered: (deliveryId, claimId) => settle(deliveryId, { status: 'delivered', claimId, error: null }),
    ignore: (deliveryId) => settle(deliveryId, { status: 'ignored', error: null }),
    quarantine: (deliveryId, error) => settle(deliveryId, { status: 'quarantined', error }),
    postpone: (deliveryId, error, seconds) => settle(deliveryId, { error, dueAt: inSeconds(seconds) }),

    ...createDeliveryLog(db, bell),
    onArrival: (listener) => bell.onRing(listener),
  };
  return store;

  async function openOrQuarantine(
    row: typeof deliveries.$inferSelect & { body: Uint8Array },
  ): Promise<Delivery | null> {
    const { id, brand, source, topic, claimId, receivedAt, attempts } = row;
    const deliveryId = String(id);
    try {
      return {
        deliveryId,
        brand,
        source,
        topic,
        claimId,
        body: vault.open(brand, bodyBinding(row), row.body),
        receivedAt,
        attempts,
      };
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      await store.quarantine(deliveryId, error.message);
      return null;
    }
  }
}

/** As the table's own rule has it, what is pending has its body. */
const bodyOfPending = sql<Uint8Array>`${deliveries.body}`;

/** By the database's clock, the one that all processes share. */
function inSeconds(seconds: number): SQL {
  return sql`now() + make_interval(secs => ${seconds})`;
}
