import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { judgeAnswer, type Answer, type Completion } from '../claims/answer';
import { type Loss } from '../claims/loss';
import { type Bell } from './bell';
import { type Sql } from './database';
import { insertDelivery } from './delivery-rows';
import { LedgerMismatch } from './errors';
import { type AcceptedAnswer, type LedgerEntry, type LedgerKey, type LedgerStore, type NewLedgerEntry } from './ledger';
import { enterLoss, lockOrder, rivalsOf } from './losses';
import { ledger } from './schema';
import { bindingOf, type Vault } from './vault';

type Row = typeof ledger.$inferSelect;

const rowOf = ({ brand, resolutionId }: LedgerKey) =>
  and(eq(ledger.brand, brand), eq(ledger.resolutionId, resolutionId));
const mismatch = ({ brand, resolutionId }: LedgerKey, why: string): LedgerMismatch =>
  new LedgerMismatch(`Resolution ${resolutionId} of brand ${brand} ${why}.`);

export function createLedger(db: Sql, vault: Vault, bell: Bell): LedgerStore {
  const seal = (column: 'command' | 'answer', { brand, resolutionId }: LedgerKey, text: string): Buffer =>
    vault.seal(brand, bindingOf(`ledger.${column}`, resolutionId), text);
  const open = (column: 'command' | 'answer', { brand, resolutionId }: LedgerKey, bytes: Uint8Array): string =>
    vault.open(brand, bindingOf(`ledger.${column}`, resolutionId), bytes);

  function entryOf({ amount, currency, command, answer, ...row }: Row): LedgerEntry {
    return {
      ...row,
      amount: amount === null || currency === null ? null : { amount, currency },
      command: open('command', row, command),
      answer: answer === null ? null : (JSON.parse(open('answer', row, answer)) as Answer),
    };
  }

  async function insertOnce(tx: Sql, { amount, command, ...entry }: NewLedgerEntry, loss: Loss): Promise<LedgerEntry> {
    const [inserted] = await tx
      .insert(ledger)
      .values({
        ...entry,
        amount: amount?.amount ?? null,
        currency: amount?.currency ?? null,
        command: seal('command', entry, command),
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
      const key = { brand, resolutionId };
      const accepted = await db.transaction(async (tx): Promise<AcceptedAnswer> => {
        const [row] = await tx
          .select()
          .from(ledger)
          .where(and(rowOf(key), eq(ledger.claimId, claimId)))
          .for('update');
        if (row === undefined) return { verdict: 'unknown' };
        const entry = entryOf(row);
        const judgement = judgeAnswer(entry, entry.answer, answer);
        if (judgement.verdict !== 'applied') return { ...judgement, entry };
        const [answered] = await tx
          .update(ledger)
          .set({
            state: answer.outcome === 'declined' ? 'declined' : 'answered',
            answer: seal('answer', key, JSON.stringify(answer)),
            answeredAt: at,
          })
          .where(rowOf(key))
          .returning();
        const completion: Completion = { resolutionId, ...answer };
        await insertDelivery(tx, vault, {
          brand,
          source: 'brand-backend',
          topic: 'resolution.completed',
          dedupeKey: resolutionId,
          claimId,
          body: JSON.stringify(completion),
          status: 'pending',
          error: null,
        });
        return { ...judgement, entry: entryOf(answered ?? row) };
      });
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
