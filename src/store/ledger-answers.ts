import { asc, sql } from 'drizzle-orm';
import { judgeAnswer, type Answer, type Completion } from '../claims/answer';
import { storable } from './columns';
import { type Sql } from './database';
import { type NewDelivery } from './deliveries';
import { prepareInsert } from './delivery-insert';
import { type AcceptedAnswer, type LedgerEntry } from './ledger';
import { type LedgerSeals } from './ledger-entry';
import { ledger } from './schema';
import { type Vault } from './vault';

/** An answer as it came in, at a time. */
export interface GivenAnswer {
  brand: string;
  claimId: string;
  resolutionId: string;
  answer: Answer;
  at: string;
}

type Answered = LedgerEntry & { answer: Answer; answeredAt: string };

const keyOf = ({ brand, resolutionId }: { brand: string; resolutionId: string }): string =>
  JSON.stringify([brand, storable(resolutionId)]);

/**
 * Judges answers in the order in which they came and stores those that are applied, each with the delivery that signals it: all in one
 * transaction, whose rows are locked in the order of their keys, the same in every process.
 */
export function acceptTogether(
  db: Sql,
  vault: Vault,
  seals: LedgerSeals,
): (given: readonly GivenAnswer[]) => Promise<AcceptedAnswer[]> {
  return (given) =>
    db.transaction(async (tx) => {
      const rows = await lock(tx, given);
      const entries = new Map(rows.map((row) => [keyOf(row), seals.entryOf(row)]));
      const applied: Answered[] = [];
      const outcomes = given.map(({ brand, claimId, resolutionId, answer, at }): AcceptedAnswer => {
        const key = keyOf({ brand, resolutionId });
        const entry = entries.get(key);
        if (entry === undefined || entry.claimId !== storable(claimId)) return { verdict: 'unknown' };
        const judgement = judgeAnswer(entry, entry.answer, answer);
        if (judgement.verdict !== 'applied') return { ...judgement, entry };
        const state = answer.outcome === 'declined' ? 'declined' : 'answered';
        const answered: Answered = { ...entry, state, answer, answeredAt: at };
        entries.set(key, answered);
        applied.push(answered);
        return { ...judgement, entry: answered };
      });
      if (applied.length > 0) {
        await store(tx, seals, applied);
        await prepareInsert(tx, vault)(applied.map(signalOf));
      }
      return outcomes;
    });
}

function lock(tx: Sql, given: readonly GivenAnswer[]): Promise<(typeof ledger.$inferSelect)[]> {
  return tx
    .select()
    .from(ledger)
    .where(
      sql`(${ledger.brand}, ${ledger.resolutionId}) in (select * from unnest(
        ${sql.placeholder('brands')}::text[], ${sql.placeholder('resolutionIds')}::text[]))`,
    )
    .orderBy(asc(ledger.brand), asc(ledger.resolutionId))
    .for('update')
    .prepare('lock_ledger')
    .execute({
      brands: given.map(({ brand }) => brand),
      resolutionIds: given.map(({ resolutionId }) => storable(resolutionId)),
    });
}

async function store(tx: Sql, seals: LedgerSeals, answered: readonly Answered[]): Promise<void> {
  await tx
    .update(ledger)
    .set({ state: sql`given.state`, answer: sql`given.answer`, answeredAt: sql`given.answered_at` })
    .from(
      sql`unnest(
        ${sql.placeholder('brands')}::text[], ${sql.placeholder('resolutionIds')}::text[], ${sql.placeholder('states')}::text[],
        ${sql.placeholder('answers')}::bytea[], ${sql.placeholder('times')}::timestamptz[]
      ) as given(brand, resolution_id, state, answer, answered_at)`,
    )
    .where(sql`${ledger.brand} = given.brand and ${ledger.resolutionId} = given.resolution_id`)
    .prepare('answer_ledger')
    .execute({
      brands: answered.map(({ brand }) => brand),
      resolutionIds: answered.map(({ resolutionId }) => resolutionId),
      states: answered.map(({ state }) => state),
      answers: answered.map((entry) => seals.sealAnswer(entry, entry.answer)),
      times: answered.map(({ answeredAt }) => answeredAt),
    });
}

/** The delivery that tells the workflow of an answer. */
function signalOf({ brand, claimId, resolutionId, answer }: Answered): NewDelivery {
  const completion: Completion = { resolutionId, ...answer };
  return {
    brand,
    source: 'brand-backend',
    topic: 'resolution.completed',
    dedupeKey: resolutionId,
    claimId,
    body: JSON.stringify(completion),
    status: 'pending',
    error: null,
  };
}
