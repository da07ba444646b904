import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { type Loss } from '../claims/loss';
import { inBatches } from './batches';
import { type Bell } from './bell';
import { type Sql } from './database';
import { LedgerMismatch } from './errors';
import { type LedgerEntry, type LedgerKey, type LedgerStore, type NewLedgerEntry } from './ledger';
import { acceptTogether } from './ledger-answers';
import { createLedgerSeals } from './ledger-entry';
import { enterLoss, lockOrder, rivalsOf } from './losses';
import { ledger } from './schema';
import { type Vault } from './vault';

/** Answers are short: each has an id or a reason of a few hundred letters. */
const ANSWERS = { inputs: 64, weight: 64, weigh: () => 1 };

const rowOf = ({ brand, resolutionId }: LedgerKey) =>
  and(eq(ledger.brand, brand), eq(ledger.resolutionId, resolutionId));
const mismatch = ({ brand, resolutionId }: LedgerKey, why: string): LedgerMismatch =>
  new LedgerMismatch(`Resolution ${resolutionId} of brand ${brand} ${why}.`);

export function createLedger(db: Sql, vault: Vault, bell: Bell): LedgerStore {
  const seals = createLedgerSeals(vault);
  const { entryOf, sealCommand } = seals;
  const answers = inBatches(acceptTogether(db, vault, seals), ANSWERS);

  async function insertOnce(tx: Sql, { amount, command, ...entry }: NewLedgerEntry, loss: Loss): Promise<LedgerEntry> {
    const [inserted] = await tx
      .insert(ledger)
      .values({
        ...entry,
        amount: amount?.amount ?? null,
        currency: amount?.currency ?? null,
        command: sealCommand(entry, command),
        state: 'commanded',
      })
      .onConflictDoNothing()
      .returning();
    if (inserted === undefined) return find(entry, tx);
    await enterLoss(tx, entry, entry.resolutionId, loss);
    return entryOf(inserted);
  }

  async function find(key: LedgerKey, on: Sql = db): Promise<LedgerEntry> {
    const [row] = await on.select().from(ledger).where(rowOf(key));
    if (row === undefined) throw mismatch(key, 'is not in the ledger');
    return entryOf(row);
  }

  return {
    async reserve(entry, loss, despite) {
      const reservation = await db.transaction(async (tx) => {
        await lockOrder(tx, entry.brand, loss);
        const rivals = await rivalsOf(tx, entry, loss, despite);
        if (rivals.length > 0) {
          const [known] = await tx.select().from(ledger).where(rowOf(entry));
          return known === undefined ? { rivals } : { entry: entryOf(known) };
        }
        return { entry: await insertOnce(tx, entry, loss) };
      });
      if ('entry' in reservation && reservation.entry.claimId !== entry.claimId)
        throw mismatch(entry, `belongs to claim ${reservation.entry.claimId}, not ${entry.claimId}`);
      return reservation;
    },

    async sent(key, at) {
      const rows = await db
        .update(ledger)
        .set({ sentAt: sql`coalesce(${ledger.sentAt}, ${at})` })
        .where(rowOf(key))
        .returning({ state: ledger.state });
      if (rows.length === 0) throw mismatch(key, 'is not in the ledger');
    },

    async withdraw(key, at) {
      // One statement, which waits for the row's lock and then looks at its state again: an answer that comes first stands.
      const [withdrawn] = await db
        .update(ledger)
        .set({ state: 'withdrawn', withdrawnAt: at })
        .where(and(rowOf(key), eq(ledger.state, 'commanded')))
        .returning();
      return withdrawn === undefined ? find(key) : entryOf(withdrawn);
    },

    async accept(brand, claimId, resolutionId, answer, at) {
      const accepted = await answers({ brand, claimId, resolutionId, answer, at });
      if (accepted.verdict === 'applied') bell.ring();
      return accepted;
    },

    async reported(key, at) {
      const rows = await db
        .update(ledger)
        .set({ state: 'reported', reportedAt: sql`coalesce(${ledger.reportedAt}, ${at})` })
        .where(and(rowOf(key), inArray(ledger.state, ['answered', 'reported'])))
        .returning({ state: ledger.state });
      if (rows.length === 0) throw mismatch(key, 'has no answer that could be reported');
    },

    async forClaim(brand, claimId) {
      const rows = await db
        .select()
        .from(ledger)
        .where(and(eq(ledger.brand, brand), eq(ledger.claimId, claimId)))
        .orderBy(asc(ledger.commandedAt), asc(ledger.resolutionId));
      return rows.map(entryOf);
    },
  };
}
