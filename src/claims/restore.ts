import { type Answer } from './answer';
import { acceptAnswer } from './outcome';
import { later, READY } from './lane';
import { type Money } from './money';
import { type Progress, type Resolution, type Terms } from './resolution';
import { type Source } from './sources';
import { beginClaim, type ClaimState, type Policy } from './state';
import { upToDate } from './up-to-date';

/** What the ledger holds of a command: it outlives every run. */
export interface CommandRecord {
  source: Source;
  resolutionId: string;
  kind: string;
  amount: Money | null;
  terms: Pick<Terms, 'items' | 'shippingAddress' | 'unconfirmedAddress'>;
  commandedAt: string;
  sentAt: string | null;
  answer: Answer | null;
  answeredAt: string | null;
  reportedAt: string | null;
  withdrawnAt: string | null;
}

/**
 * The state that a new run begins with: that of the last completed run if there is one, corrected by the ledger, so that nothing
 * is commanded twice whatever happened to earlier runs.
 */
export function restoreClaim(
  { brand, claimId }: { brand: string; claimId: string },
  policy: Policy,
  saved: ClaimState | null,
  records: readonly CommandRecord[],
  now: string,
): ClaimState {
  const fromLedger = { ...beginClaim(brand, claimId, policy, now), source: records[0]?.source ?? null };
  const begun = saved === null ? fromLedger : upToDate(saved);
  const lanes = { source: READY, klaim: READY, command: READY, report: READY };
  const opened = { ...begun, policy, lanes, startedAt: now, changedAt: now };
  const known = { ...opened, resolutions: [...opened.resolutions, ...unknownTo(opened, records)] };
  return records.reduce(
    (state, { resolutionId, answer, answeredAt }) =>
      answer === null || answeredAt === null ? state : acceptAnswer(state, resolutionId, answer, answeredAt, now),
    known,
  );
}

function unknownTo({ resolutions, policy }: ClaimState, records: readonly CommandRecord[]): Resolution[] {
  return records
    .filter(({ resolutionId }) => !resolutions.some(({ id }) => id === resolutionId))
    .map((record) => resolutionFrom(record, replacedBy(record, records), policy));
}

/** Those whose place a command may have taken: they were withdrawn, and nobody had answered them when it was given. */
function replacedBy({ commandedAt }: CommandRecord, records: readonly CommandRecord[]): string[] {
  return records
    .filter((other) => other.withdrawnAt !== null && other.commandedAt < commandedAt)
    .filter(({ answeredAt }) => answeredAt === null || answeredAt > commandedAt)
    .map(({ resolutionId }) => resolutionId);
}

function resolutionFrom(record: CommandRecord, insteadOf: string[], policy: Policy): Resolution {
  const { resolutionId, kind, amount, terms, commandedAt } = record;
  return {
    ...terms,
    id: resolutionId,
    kind,
    amount,
    ordinal: 1,
    decisionKey: `ledger:${resolutionId}`,
    despite: [],
    insteadOf,
    approvedAs: null,
    commandedAt,
    remindAt: later(commandedAt, policy.remindAfterHours * 3_600),
    dueAt: later(commandedAt, policy.escalateAfterHours * 3_600),
    progress: progressFrom(record),
  };
}

/** As it was before it was answered, unless the answer is reported already. */
function progressFrom({ sentAt, answer, answeredAt, reportedAt, withdrawnAt }: CommandRecord): Progress {
  if (answer !== null && answeredAt !== null && reportedAt !== null)
    return { state: 'reported', answer, answeredAt, reportedAt };
  if (withdrawnAt !== null) return { state: 'withdrawn', withdrawnAt, toldAt: null, answer: null, answeredAt: null };
  return { state: 'commanded', sentAt, remindedAt: null, escalatedAt: null };
}
