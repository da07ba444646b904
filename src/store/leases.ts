import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq, lt, sql } from 'drizzle-orm';
import { type Sql } from './database';
import { withPlainErrors } from './plain-errors';
import { leases } from './schema';

/** Exclusive work across all processes. */
export interface LeaseStore {
  /**
   * Does `work` while nobody else holds `key`, waiting for its turn. A holder that dies loses the lease after `seconds`, so
   * `work` must end well within them. @throws the reason of `signal` when it is aborted while waiting.
   */
  withLease<T>(key: string, seconds: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 500;

export function createLeases(db: Sql): LeaseStore {
  /** Takes a lease that is free or has run out, in one statement. */
  async function take(key: string, holder: string, seconds: number): Promise<boolean> {
    const expiresAt = sql`now() + make_interval(secs => ${seconds})`;
    const taken = await db
      .insert(leases)
      .values({ key, holder, expiresAt })
      .onConflictDoUpdate({
        target: leases.key,
        set: { holder, expiresAt },
        setWhere: lt(leases.expiresAt, sql`now()`),
      })
      .returning({ key: leases.key });
    return taken.length > 0;
  }

  return {
    async withLease(key, seconds, work, signal) {
      const holder = randomUUID();
      let waitMs = FIRST_WAIT_MS;
      while (!(await withPlainErrors(() => take(key, holder, seconds)))) {
        await sleep(waitMs, undefined, signal === undefined ? {} : { signal });
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      }
      try {
        return await work();
      } finally {
        await withPlainErrors(() => db.delete(leases).where(and(eq(leases.key, key), eq(leases.holder, holder))));
      }
    },
  };
}
