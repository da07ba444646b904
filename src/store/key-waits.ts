import { and, asc, eq, sql } from 'drizzle-orm';
import { type Sql } from './database';
import { keyWaits } from './schema';

/** A claim that waits for a key of a partner. */
export interface KeyWait {
  brand: string;
  partner: string;
  claimId: string;
}

/** The claims that wait for a key, so that they go on in the order in which they first waited. */
export interface KeyWaitStore {
  /** The claim waits; since when, is kept from the first time until it is woken. Of a brand that is gone nothing is kept. */
  wait(wait: KeyWait): Promise<void>;
  /** The brands some of whose claims may go on, because the key works or another was put. */
  brandsToWake(): Promise<string[]>;
  /** The claims of a brand that may go on, the one that waited longest first. */
  oldest(brand: string, limit: number): Promise<KeyWait[]>;
  /** The claim was told. */
  woken(wait: KeyWait): Promise<void>;
}

export function createKeyWaits(db: Sql): KeyWaitStore {
  return {
    async wait({ brand, partner, claimId }) {
      await db.execute(sql`
        insert into ${keyWaits} (brand, partner, claim_id, since)
        select brand, ${partner}, ${claimId}, clock_timestamp() from brands where brand = ${brand}
        on conflict do nothing`);
    },

    async brandsToWake() {
      const rows = await db.selectDistinct({ brand: keyWaits.brand }).from(keyWaits).where(eq(keyWaits.mayGoOn, true));
      return rows.map(({ brand }) => brand);
    },

    oldest: (brand, limit) =>
      db
        .select({ brand: keyWaits.brand, partner: keyWaits.partner, claimId: keyWaits.claimId })
        .from(keyWaits)
        .where(and(eq(keyWaits.brand, brand), eq(keyWaits.mayGoOn, true)))
        .orderBy(asc(keyWaits.since), asc(keyWaits.claimId))
        .limit(limit),

    async woken({ brand, partner, claimId }) {
      await db
        .delete(keyWaits)
        .where(and(eq(keyWaits.brand, brand), eq(keyWaits.partner, partner), eq(keyWaits.claimId, claimId)));
    },
  };
}
