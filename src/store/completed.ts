import { and, desc, eq, lte, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Sql } from './database';
import { pageOf, PAGE_SIZE, readCursor, type Page } from './page';
import { completedClaims } from './schema';
import { SEALED } from './sealed-columns';
import { type Vault } from './vault';

/** A claim that ended. `state` is JSON and is sealed; the rest can be searched and holds nothing of the customer. */
export interface CompletedClaim {
  brand: string;
  claimId: string;
  phase: string;
  attention: string;
  source: string;
  orderId: string | null;
  state: string;
  completedAt: string;
}

export type CompletedSummary = Omit<CompletedClaim, 'brand' | 'state'>;

/** The final states of claims whose workflow has completed. */
export interface CompletedStore {
  /** Replaces an older one. */
  save(claim: CompletedClaim): Promise<void>;
  /** The state (JSON), or `null`. */
  get(brand: string, claimId: string): Promise<string | null>;
  /** Newest first, 50 to a page; `order` is the `orderId`. @throws UnknownCursor */
  list(
    brand: string,
    filter: { phase?: string; attention?: string; order?: string; cursor?: string },
  ): Promise<Page<CompletedSummary>>;
}

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

export function createCompleted(db: Sql, vault: Vault): CompletedStore {
  const {
    brand: ofBrand,
    claimId: ofClaim,
    completedAt: at,
    phase: ofPhase,
    attention: ofAttention,
    orderId: ofOrder,
  } = completedClaims;
  const bindingFor = SEALED.completedState.binding;

  return {
    async save({ state, ...claim }) {
      const row = { ...claim, state: vault.seal(claim.brand, bindingFor(claim.claimId), state) };
      await db
        .insert(completedClaims)
        .values(row)
        .onConflictDoUpdate({ target: [ofBrand, ofClaim], set: row, setWhere: lte(at, claim.completedAt) });
    },

    async get(brand, claimId) {
      const [row] = await db
        .select({ state: completedClaims.state })
        .from(completedClaims)
        .where(and(eq(ofBrand, brand), eq(ofClaim, claimId)));
      return row === undefined ? null : vault.open(brand, bindingFor(claimId), row.state);
    },

    async list(brand, { phase, attention, order, cursor }) {
      const before = cursor === undefined ? undefined : readCursor(cursor, cursorKey);
      const rows = await db
        .select({
          claimId: ofClaim,
          phase: ofPhase,
          attention: ofAttention,
          source: completedClaims.source,
          orderId: ofOrder,
          completedAt: at,
        })
        .from(completedClaims)
        .where(
          and(
            eq(ofBrand, brand),
            phase === undefined ? undefined : eq(ofPhase, phase),
            attention === undefined ? undefined : eq(ofAttention, attention),
            order === undefined ? undefined : eq(ofOrder, order),
            before && sql`(${at}, ${ofClaim}) < (${before[0]}, ${before[1]})`,
          ),
        )
        .orderBy(desc(at), desc(ofClaim))
        .limit(PAGE_SIZE + 1);
      return pageOf(rows, ({ claimId, completedAt }) => [completedAt, claimId]);
    },
  };
}
