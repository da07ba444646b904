import { and, asc, desc, eq, lt, lte, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { type Bell } from './bell';
import { type Sql } from './database';
import { type Delivery, type DeliveryStore, type NewDelivery } from './deliveries';
import { SealBroken } from './errors';
import { pageOf, PAGE_SIZE, readCursor } from './page';
import { deliveries } from './schema';
import { bindingOf, type Vault } from './vault';

const bodyBinding = ({ source, dedupeKey }: { source: string; dedupeKey: string }): string =>
  bindingOf('deliveries.body', source, dedupeKey);

/** The one insert of a delivery, alone or in another's transaction. Gives the new id, or `null` for a repeat. */
export async function insertDelivery(db: Sql, vault: Vault, delivery: NewDelivery): Promise<string | null> {
  const [inserted] = await db
    .insert(deliveries)
    .values({ ...delivery, body: vault.seal(delivery.brand, bodyBinding(delivery), delivery.body) })
    .onConflictDoNothing()
    .returning({ id: deliveries.id });
  return inserted === undefined ? null : String(inserted.id);
}

export function createDeliveries(db: Sql, vault: Vault, bell: Bell): DeliveryStore {
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
    async record(delivery) {
      for (;;) {
        const deliveryId = await insertDelivery(db, vault, delivery);
        if (deliveryId !== null) {
          if (delivery.status === 'pending') bell.ring();
          return { deliveryId, duplicate: false };
        }
        const [first] = await db
          .select({ id: deliveries.id })
          .from(deliveries)
          .where(
            and(
              eq(deliveries.brand, delivery.brand),
              eq(deliveries.source, delivery.source),
              eq(deliveries.dedupeKey, delivery.dedupeKey),
            ),
          );
        // None: the first one was removed in between, so this is the first one.
        if (first !== undefined) return { deliveryId: String(first.id), duplicate: true };
      }
    },

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
        .returning();
      const opened = await Promise.all(rows.sort((a, b) => a.id - b.id).map(openOrQuarantine));
      return opened.filter((delivery) => delivery !== null);
    },

    delivered: (deliveryId, claimId) => settle(deliveryId, { status: 'delivered', claimId, error: null }),
    ignore: (deliveryId) => settle(deliveryId, { status: 'ignored', error: null }),
    quarantine: (deliveryId, error) => settle(deliveryId, { status: 'quarantined', error }),
    postpone: (deliveryId, error, seconds) => settle(deliveryId, { error, dueAt: inSeconds(seconds) }),

    async list(brand, { status, cursor }) {
      const before = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.int()]))[0];
      const rows = await db
        .select({
          id: deliveries.id,
          source: deliveries.source,
          topic: deliveries.topic,
          claimId: deliveries.claimId,
          status: deliveries.status,
          error: deliveries.error,
          receivedAt: deliveries.receivedAt,
        })
        .from(deliveries)
        .where(
          and(
            eq(deliveries.brand, brand),
            status === undefined ? undefined : eq(deliveries.status, status),
            before === undefined ? undefined : lt(deliveries.id, before),
          ),
        )
        .orderBy(desc(deliveries.id))
        .limit(PAGE_SIZE + 1);
      return pageOf(
        rows.map((row) => ({ ...row, id: String(row.id) })),
        ({ id }) => [Number(id)],
      );
    },

    async replay(brand, deliveryId) {
      if (!/^\d{1,15}$/.test(deliveryId)) return false;
      const replayed = await db
        .update(deliveries)
        .set({ status: 'pending', error: null, dueAt: sql`now()` })
        .where(and(eq(deliveries.brand, brand), eq(deliveries.id, Number(deliveryId))))
        .returning({ id: deliveries.id });
      if (replayed.length > 0) bell.ring();
      return replayed.length > 0;
    },

    onArrival: (listener) => bell.onRing(listener),
  };
  return store;

  async function openOrQuarantine(row: typeof deliveries.$inferSelect): Promise<Delivery | null> {
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

/** By the database's clock, the one that all processes share. */
function inSeconds(seconds: number): SQL {
  return sql`now() + make_interval(secs => ${seconds})`;
}
