import { eq, sql, type SQL } from 'drizzle-orm';
import { type Sql } from './database';
import { requestBudgets } from './schema';

/** What somebody who is about to send requests asks for. */
export interface BudgetAsk {
  /** Requests that may be leased at once after a pause, and milliseconds until one more may be. */
  capacity: number;
  intervalMs: number;
  /** Requests wanted; fewer than `atLeast` are not worth having. */
  requests: number;
  atLeast: number;
  /** Requests to be left to others. */
  reserve: number;
  /** The most that may be leased now, by what the partner has said; below 0 the budget is in debt. */
  headroom: number;
}

/** Requests granted; when none are, how long until they might be. */
export interface BudgetGrant {
  granted: number;
  waitMs: number;
}

/** Budgets of requests, one per key, that any number of processes draw on. */
export interface RequestBudgetStore {
  /** Leases requests, in one statement. By the database's clock, so that processes need not agree on the time. */
  lease(key: string, ask: BudgetAsk): Promise<BudgetGrant>;
  /** Nobody is granted anything for so long: the partner has refused a request. */
  pause(key: string, milliseconds: number): Promise<void>;
}

const LONG_AGO = '1970-01-01T00:00:00Z';

export function createRequestBudgets(db: Sql): RequestBudgetStore {
  const store: RequestBudgetStore = {
    async lease(key, ask) {
      const { intervalMs, atLeast, reserve } = ask;
      const credit = creditOf(ask);
      const granted = grantOf(ask, credit);
      const [row] = await db
        .update(requestBudgets)
        .set({ granted, spentUntil: ago(sql`${credit} - ${granted} * ${intervalMs}::float8`) })
        .where(eq(requestBudgets.key, key))
        .returning({ granted: requestBudgets.granted, creditMs: millisecondsSince(requestBudgets.spentUntil) });
      if (row !== undefined)
        return {
          granted: row.granted,
          waitMs: row.granted > 0 ? 0 : Math.max(1, Math.ceil((atLeast + reserve) * intervalMs - row.creditMs)),
        };
      await db.insert(requestBudgets).values({ key, spentUntil: LONG_AGO, granted: 0 }).onConflictDoNothing();
      return store.lease(key, ask);
    },

    async pause(key, milliseconds) {
      await db
        .update(requestBudgets)
        .set({ spentUntil: sql`greatest(${requestBudgets.spentUntil}, ${ago(sql`${-milliseconds}::float8`)})` })
        .where(eq(requestBudgets.key, key));
    },
  };
  return store;
}

/** Milliseconds of budget there are: what has passed since all was spent, at most the capacity and what the partner leaves. */
function creditOf({ capacity, intervalMs, headroom }: BudgetAsk): SQL<number> {
  const most = Math.min(capacity, headroom) * intervalMs;
  return sql<number>`least(${millisecondsSince(requestBudgets.spentUntil)}, ${most}::float8)`;
}

function grantOf({ intervalMs, requests, atLeast, reserve }: BudgetAsk, credit: SQL<number>): SQL<number> {
  const free = sql`floor(${credit} / ${intervalMs}::float8)::integer - ${reserve}::integer`;
  return sql<number>`case when ${free} >= ${atLeast}::integer then least(${free}, ${requests}::integer) else 0 end`;
}

const millisecondsSince = (time: typeof requestBudgets.spentUntil): SQL<number> =>
  sql<number>`(extract(epoch from now() - ${time}) * 1000)::float8`;

const ago = (milliseconds: SQL): SQL => sql`now() - (${milliseconds}) * interval '1 millisecond'`;
