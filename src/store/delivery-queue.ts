import { and, asc, eq, getTableColumns, lte, sql, type Placeholder, type SQL } from 'drizzle-orm';
import { inBatches } from './batches';
import { storable } from './columns';
import { type Sql } from './database';
import { type Delivery, type DeliveryStore } from './deliveries';
import { bodyBinding } from './delivery-insert';
import { SealBroken } from './errors';
import { deliveries } from './schema';
import { type Vault } from './vault';

type DeliveryQueue = Pick<DeliveryStore, 'lease' | 'delivered' | 'ignore' | 'quarantine' | 'postpone'>;

/** A delivery of which Temporal has the signal. */
interface Signalled {
  deliveryId: string;
  claimId: string | null;
}

/** An id weighs nothing. */
const SIGNALLED = { inputs: 64, weight: 64, weigh: () => 1 };

/** What dispatchers do with what is pending. */
export function createDeliveryQueue(db: Sql, vault: Vault): DeliveryQueue {
  const lease = prepareLease(db);

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

  // Nearly all end so, and many at the same time.
  const delivered = inBatches(prepareDelivered(db), SIGNALLED);

  const queue: DeliveryQueue = {
    async lease({ limit, seconds }) {
      const leased: Delivery[] = [];
      for (;;) {
        const wanted = limit - leased.length;
        const rows = await lease({ limit: wanted, seconds });
        const opened = await Promise.all(rows.sort((a, b) => a.id - b.id).map(openOrQuarantine));
        leased.push(...opened.filter((delivery) => delivery !== null));
        // What went into quarantine makes room: fewer than asked for means that there are no more.
        if (rows.length < wanted || leased.length === limit) return leased;
      }
    },
    delivered: (deliveryId, claimId) => delivered({ deliveryId, claimId }),
    ignore: (deliveryId) => settle(deliveryId, { status: 'ignored', error: null }),
    quarantine: (deliveryId, error) => settle(deliveryId, { status: 'quarantined', error }),
    postpone: (deliveryId, error, seconds) => settle(deliveryId, { error, dueAt: inSeconds(seconds) }),
  };
  return queue;

  async function openOrQuarantine(row: LeasedRow): Promise<Delivery | null> {
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
      await queue.quarantine(deliveryId, error.message);
      return null;
    }
  }
}

type LeasedRow = typeof deliveries.$inferSelect & { body: Uint8Array };

function prepareLease(db: Sql): (asked: { limit: number; seconds: number }) => Promise<LeasedRow[]> {
  const due = db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(eq(deliveries.status, 'pending'), lte(deliveries.dueAt, sql`now()`)))
    .orderBy(asc(deliveries.id))
    .limit(sql.placeholder('limit'))
    .for('update', { skipLocked: true });
  const lease = db
    .update(deliveries)
    .set({ dueAt: inSeconds(sql.placeholder('seconds')), attempts: sql`${deliveries.attempts} + 1` })
    // An array is made once; `in (select …)` may be planned as a join that locks more than `limit` rows.
    .where(sql`${deliveries.id} = any(array(${due}))`)
    .returning({ ...getTableColumns(deliveries), body: bodyOfPending })
    .prepare('lease_deliveries');
  return (asked) => lease.execute(asked);
}

/** All in one statement, whichever of them are still pending. */
function prepareDelivered(db: Sql): (batch: readonly Signalled[]) => Promise<undefined[]> {
  const update = db
    .update(deliveries)
    .set({ status: 'delivered', claimId: sql`signalled.claim_id`, error: null })
    .from(
      sql`unnest(${sql.placeholder('ids')}::bigint[], ${sql.placeholder('claimIds')}::text[]) as signalled(id, claim_id)`,
    )
    .where(and(sql`${deliveries.id} = signalled.id`, eq(deliveries.status, 'pending')))
    .prepare('deliveries_signalled');
  return async (batch) => {
    await update.execute({
      ids: batch.map(({ deliveryId }) => deliveryId),
      claimIds: batch.map(({ claimId }) => claimId && storable(claimId)),
    });
    return batch.map(() => undefined);
  };
}

/** As the table's own rule has it, what is pending has its body. */
const bodyOfPending = sql<Uint8Array>`${deliveries.body}`;

/** By the database's clock, the one that all processes share. */
function inSeconds(seconds: number | Placeholder): SQL {
  return sql`now() + make_interval(secs => ${seconds})`;
}
