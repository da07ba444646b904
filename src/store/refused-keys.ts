import { createHash } from 'node:crypto';
import { and, count, eq, lt, ne, sql } from 'drizzle-orm';
import { type Sql } from './database';
import { keyWaits, refusedKeys } from './schema';

/** A key that a partner refuses, as operators see it. */
export interface RefusedKey {
  partner: string;
  since: string;
  message: string;
}

/** Which key of which brand a call is made with. */
export interface KeyOf {
  brand: string;
  partner: string;
  key: string;
}

/** The keys that partners refuse, so that nobody goes on knocking with them, and one message is made of it and not one per claim. */
export interface RefusedKeyStore {
  /** Whether to call: `free`; once a minute `trial`, to see whether the key works again; else the partner's refusal. */
  ask(key: KeyOf): Promise<'free' | 'trial' | { refused: string }>;
  /** The partner refuses the key. True when that is news. */
  refused(key: KeyOf, message: string): Promise<boolean>;
  /** The key works, or another is put: what waits for it may go on. True when one was refused before. */
  clear(brand: string, partner?: string): Promise<boolean>;
  list(brand: string): Promise<RefusedKey[]>;
  /** How many keys of all brands each partner refuses. */
  count(): Promise<{ partner: string; keys: number }[]>;
}

const markOf = ({ key }: KeyOf): string => createHash('sha256').update(key).digest('hex').slice(0, 16);
const rowOf = ({ brand, partner }: Pick<KeyOf, 'brand' | 'partner'>) =>
  and(eq(refusedKeys.brand, brand), eq(refusedKeys.partner, partner));

export function createRefusedKeys(db: Sql): RefusedKeyStore {
  return {
    async ask(key) {
      const known = and(rowOf(key), eq(refusedKeys.mark, markOf(key)));
      const [row] = await db.select({ message: refusedKeys.message }).from(refusedKeys).where(known);
      if (row === undefined) return 'free';
      const tried = await db
        .update(refusedKeys)
        .set({ triedAt: sql`now()` })
        .where(and(known, lt(refusedKeys.triedAt, sql`now() - interval '1 minute'`)))
        .returning({ brand: refusedKeys.brand });
      return tried.length > 0 ? 'trial' : { refused: row.message };
    },

    async refused(key, message) {
      const { brand, partner } = key;
      const row = { mark: markOf(key), message, since: sql`now()`, triedAt: sql`now()` };
      const written = await db
        .insert(refusedKeys)
        .values({ brand, partner, ...row })
        .onConflictDoUpdate({
          target: [refusedKeys.brand, refusedKeys.partner],
          set: row,
          setWhere: ne(refusedKeys.mark, markOf(key)),
        })
        .returning({ brand: refusedKeys.brand });
      return written.length > 0;
    },

    async clear(brand, partner) {
      const ofPartner = <Table extends typeof refusedKeys | typeof keyWaits>(table: Table) =>
        and(eq(table.brand, brand), partner === undefined ? undefined : eq(table.partner, partner));
      return db.transaction(async (tx) => {
        const cleared = await tx
          .delete(refusedKeys)
          .where(ofPartner(refusedKeys))
          .returning({ brand: refusedKeys.brand });
        await tx.update(keyWaits).set({ mayGoOn: true }).where(ofPartner(keyWaits));
        return cleared.length > 0;
      });
    },

    count: () =>
      db.select({ partner: refusedKeys.partner, keys: count() }).from(refusedKeys).groupBy(refusedKeys.partner),

    list: (brand) =>
      db
        .select({ partner: refusedKeys.partner, since: refusedKeys.since, message: refusedKeys.message })
        .from(refusedKeys)
        .where(eq(refusedKeys.brand, brand))
        .orderBy(refusedKeys.partner),
  };
}
