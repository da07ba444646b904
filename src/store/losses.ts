import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { isSameRival, mayOverlap, type Loss, type Rival } from '../claims/loss';
import { type Source } from '../claims/sources';
import { type Sql } from './database';
import { ledger, losses } from './schema';

/** A claim at its source. */
export interface ClaimAtSource {
  brand: string;
  source: Source;
  claimId: string;
}

/** The lines of orders that claims were approved for: what tells that two sources would pay for one loss. */
export interface LossStore {
  /**
   * Enters what a claim's source has approved and may carry out by itself, in place of what it approved before; `null` when it
   * approves nothing any more. Gives the claims of other sources about the same: of two that are entered at once, the later one's.
   */
  approve(claim: ClaimAtSource, loss: Loss | null): Promise<Rival[]>;
}

/** In place of the id of a resolution, where the source's own decision is what was approved. */
const BY_ITSELF = '';

export function createLosses(db: Sql): LossStore {
  return {
    approve: (claim, loss) =>
      db.transaction(async (tx) => {
        if (loss !== null) await lockOrder(tx, claim.brand, loss);
        await tx
          .delete(losses)
          .where(
            and(
              eq(losses.brand, claim.brand),
              eq(losses.claimId, claim.claimId),
              eq(losses.source, claim.source),
              eq(losses.resolutionId, BY_ITSELF),
            ),
          );
        if (loss === null) return [];
        await enterLoss(tx, claim, BY_ITSELF, loss);
        return rivalsOf(tx, claim, loss);
      }),
  };
}

/** Until the transaction ends, nobody else enters a loss of this order: so of two claims about it one sees the other. */
export async function lockOrder(tx: Sql, brand: string, { orderNames }: Loss): Promise<void> {
  if (orderNames.length === 0) return;
  // In the order of the names, which are sorted: two that lock the same names never wait for each other.
  const keys = orderNames.map((name) => sql`(${`${brand}:${name}`}::text)`);
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(name, 0)) from (values ${sql.join(keys, sql`, `)}) as locked (name)`,
  );
}

/** Writes down that a claim was approved for a loss. An order without a name cannot be told from another, so nothing is written. */
export async function enterLoss(
  tx: Sql,
  { brand, source, claimId }: ClaimAtSource,
  resolutionId: string,
  { orderNames, lines }: Loss,
): Promise<void> {
  if (orderNames.length === 0) return;
  const rows = orderNames.map((orderName) => ({ brand, orderName, source, claimId, resolutionId, lines }));
  await tx.insert(losses).values(rows).onConflictDoNothing();
}

/**
 * The claims of other sources that were approved for lines of the same order, without those that an operator knows of. One that the
 * brand declined to carry out does not count; one that was withdrawn does, because the brand may have acted on it.
 */
export async function rivalsOf(
  tx: Sql,
  { brand, source }: ClaimAtSource,
  { orderNames, lines }: Loss,
  despite: readonly Rival[] = [],
): Promise<Rival[]> {
  if (orderNames.length === 0) return [];
  const rows = await tx
    .select({ source: losses.source, claimId: losses.claimId, lines: losses.lines })
    .from(losses)
    .leftJoin(ledger, and(eq(ledger.brand, losses.brand), eq(ledger.resolutionId, losses.resolutionId)))
    .where(
      and(
        eq(losses.brand, brand),
        inArray(losses.orderName, orderNames),
        ne(losses.source, source),
        sql`${ledger.state} is distinct from 'declined'`,
      ),
    )
    .orderBy(losses.source, losses.claimId);
  const rivals: Rival[] = [];
  for (const row of rows) {
    const rival = { source: row.source, claimId: row.claimId };
    const isKnown = [...despite, ...rivals].some((other) => isSameRival(other, rival));
    if (!isKnown && mayOverlap(lines, row.lines)) rivals.push(rival);
  }
  return rivals;
}
