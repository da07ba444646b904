import { and, isNull, sql } from 'drizzle-orm';
import { judgeAnswer, type Answer, type Completion } from '../claims/answer';
import { storable } from './columns';
import { type Sql } from './database';
import { type NewDelivery } from './deliveries';
import { keyOf as deliveryKeyOf, prepareInsert } from './delivery-insert';
import { DatabaseRefused } from './errors';
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

/** Rows are locked in the order of their keys, the same in every process, so that two batches never wait for each other in a circle. */
const byKey = (a: Answered, b: Answered): number => (keyOf(a) < keyOf(b) ? -1 : 1);

/** A row is answered once, so whoever is overtaken by another process finds it answered the next time. */
const ROUNDS = 3;

/**
 * Judges answers in the order in which they came, by what the ledger says, and stores those that are applied, each with the delivery that
 * signals it, in one statement that touches no row which was answered meanwhile: such answers are judged once more.
 */
export function acceptTogether(
  db: Sql,
  vault: Vault,
  seals: LedgerSeals,
): (given: readonly GivenAnswer[]) => Promise<AcceptedAnswer[]> {
  const find = prepareFind(db);
  const store = prepareStore(db, vault, seals);

  const accept = async (given: readonly GivenAnswer[], rounds: number): Promise<AcceptedAnswer[]> => {
    const entries = new Map((await find(given)).map((row) => [keyOf(row), seals.entryOf(row)]));
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
    const overtaken = new Set(applied.length === 0 ? [] : await store(applied.sort(byKey)));
    const again = given.filter((answer) => overtaken.has(keyOf(answer)));
    if (again.length === 0) return outcomes;
    if (rounds === 1) throw new DatabaseRefused('An answer could be neither stored nor found.');
    const judgedAgain = await accept(again, rounds - 1);
    return given.map((answer, index) => (judgedAgain[again.indexOf(answer)] ?? outcomes[index]) as AcceptedAnswer);
  };
  return (given) => accept(given, ROUNDS);
}

function prepareFind(db: Sql): (given: readonly GivenAnswer[]) => Promise<(typeof ledger.$inferSelect)[]> {
  const find = db
    .select()
    .from(ledger)
    .where(
      sql`(${ledger.brand}, ${ledger.resolutionId}) in (select * from unnest(
        ${sql.placeholder('brands')}::text[], ${sql.placeholder('resolutionIds')}::text[]))`,
    )
    .prepare('find_in_ledger');
  return (given) =>
    find.execute({
      brands: given.map(({ brand }) => brand),
      resolutionIds: given.map(({ resolutionId }) => storable(resolutionId)),
    });
}

/** Stores answers with their deliveries; gives the keys of those that were not stored, because the row has an answer. */
function prepareStore(db: Sql, vault: Vault, seals: LedgerSeals): (applied: readonly Answered[]) => Promise<string[]> {
  const answer = db
    .update(ledger)
    .set({ state: sql`given.state`, answer: sql`given.answer`, answeredAt: sql`given.answered_at` })
    .from(
      sql`unnest(
        ${sql.placeholder('answeredBrands')}::text[], ${sql.placeholder('answeredIds')}::text[],
        ${sql.placeholder('answeredStates')}::text[], ${sql.placeholder('answers')}::bytea[],
        ${sql.placeholder('answerTimes')}::timestamptz[]
      ) as given(brand, resolution_id, state, answer, answered_at)`,
    )
    .where(
      and(
        sql`${ledger.brand} = given.brand and ${ledger.resolutionId} = given.resolution_id`,
        isNull(ledger.answeredAt),
      ),
    )
    .returning({ brand: ledger.brand, resolutionId: ledger.resolutionId });
  const answered = db.$with('answered', { brand: sql`brand`, resolutionId: sql`resolution_id` }).as(answer.getSQL());
  const insert = prepareInsert(db, vault, {
    write: answered,
    admits: sql`(arrived.brand, arrived.dedupe_key) in (select brand, resolution_id from ${answered})`,
  });
  return async (applied) => {
    const signals = applied.map(signalOf);
    const inserted = await insert(signals, {
      answeredBrands: applied.map(({ brand }) => brand),
      answeredIds: applied.map(({ resolutionId }) => resolutionId),
      answeredStates: applied.map(({ state }) => state),
      answers: applied.map((entry) => seals.sealAnswer(entry, entry.answer)),
      answerTimes: applied.map(({ answeredAt }) => answeredAt),
    });
    const isStored = signals.map((signal) => inserted.has(deliveryKeyOf(signal)));
    return applied.filter((_, index) => isStored[index] === false).map(keyOf);
  };
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
