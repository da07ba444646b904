import { and, asc, count, desc, eq, gt, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Bell } from './bell';
import { type Sql } from './database';
import { type DeliveryStore } from './deliveries';
import { pageOf, PAGE_SIZE, readCursor } from './page';
import { deliveries } from './schema';

/** Rows of one statement, where there may be any number: each is short, and what comes in meanwhile waits for none of them. */
const STEP = 500;

/** A longer queue is as bad, and need not be counted to the end. */
const MOST_COUNTED = 100_000;

const DUE = { status: 'pending', error: null, dueAt: sql`now()` } as const;

/** Written as the index `deliveries_with_body` has it, so that it is used. */
const mayBeErased = sql`${deliveries.body} is not null and ${deliveries.status} <> 'pending'`;

type DeliveryLog = Pick<
  DeliveryStore,
  'backlog' | 'list' | 'replay' | 'replayQuarantined' | 'brandsWithBodies' | 'eraseBodies'
>;

/** What operators and time do with the intake log. */
export function createDeliveryLog(db: Sql, bell: Bell): DeliveryLog {
  return {
    async backlog() {
      const pending = db
        .select({ receivedAt: deliveries.receivedAt })
        .from(deliveries)
        .where(eq(deliveries.status, 'pending'))
        .orderBy(asc(deliveries.id));
      const bounded = pending.limit(MOST_COUNTED).as('pending');
      const [counted] = await db.select({ pending: count() }).from(bounded);
      const [oldest] = await db
        .select({ seconds: sql<number>`extract(epoch from now() - ${deliveries.receivedAt})::float8` })
        .from(deliveries)
        .where(eq(deliveries.status, 'pending'))
        .orderBy(asc(deliveries.id))
        .limit(1);
      return { pending: counted?.pending ?? 0, oldestSeconds: Math.max(0, oldest?.seconds ?? 0) };
    },

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
      if (!/^\d{1,15}$/.test(deliveryId)) return 'unknown';
      const isIt = and(eq(deliveries.brand, brand), eq(deliveries.id, Number(deliveryId)));
      const replayed = await db
        .update(deliveries)
        .set(DUE)
        .where(and(isIt, isNotNull(deliveries.body)))
        .returning({ id: deliveries.id });
      if (replayed.length > 0) {
        bell.ring();
        return 'replayed';
      }
      const erased = await db.select({ id: deliveries.id }).from(deliveries).where(isIt);
      return erased.length > 0 ? 'erased' : 'unknown';
    },

    async replayQuarantined(brand) {
      const isQuarantined = and(eq(deliveries.status, 'quarantined'), isNotNull(deliveries.body));
      let replayed = 0;
      // By rising ids, so that one that goes back into quarantine meanwhile is not replayed for ever.
      for (let last: number | undefined = 0; last !== undefined;) {
        const step: { id: number }[] = await db
          .select({ id: deliveries.id })
          .from(deliveries)
          .where(and(eq(deliveries.brand, brand), isQuarantined, gt(deliveries.id, last)))
          .orderBy(asc(deliveries.id))
          .limit(STEP);
        const ids = step.map(({ id }) => id);
        last = ids.at(-1);
        if (last === undefined) break;
        const rows = await db
          .update(deliveries)
          .set(DUE)
          .where(and(inArray(deliveries.id, ids), isQuarantined))
          .returning({ id: deliveries.id });
        if (rows.length > 0) bell.ring();
        replayed += rows.length;
      }
      return replayed;
    },

    async brandsWithBodies() {
      const brands: string[] = [];
      // From one to the next by the index: how many deliveries a brand has does not matter.
      for (let last: string | undefined = ''; last !== undefined;) {
        const [next]: { brand: string }[] = await db
          .select({ brand: deliveries.brand })
          .from(deliveries)
          .where(and(mayBeErased, gt(deliveries.brand, last)))
          .orderBy(asc(deliveries.brand))
          .limit(1);
        last = next?.brand;
        if (last !== undefined) brands.push(last);
      }
      return brands;
    },

    async eraseBodies(brand, before) {
      const oldest = db
        .select({ id: deliveries.id })
        .from(deliveries)
        .where(and(eq(deliveries.brand, brand), lt(deliveries.receivedAt, before), mayBeErased))
        .orderBy(asc(deliveries.receivedAt))
        .limit(STEP);
      const erased = await db
        .update(deliveries)
        .set({ body: null })
        // Looked at again once its lock is there: what is replayed in this moment keeps its body.
        .where(and(sql`${deliveries.id} = any(array(${oldest}))`, mayBeErased))
        .returning({ id: deliveries.id });
      return erased.length;
    },
  };
}
