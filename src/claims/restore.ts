import { type Answer } from './answer';
import { accept } from './outcome';
import { later, READY } from './lane';
import { type Money } from './money';
import { type Progress, type Resolution, type Terms } from './resolution';
import { type Source } from './sources';
import { beginClaim, type ClaimState, type Policy } from './state';

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
  // What was kept by an earlier version may lack what a claim has today.
  const begun = { ...beginClaim(brand, claimId, policy, now), source: records[0]?.source ?? null, ...saved };
  const lanes = { source: READY, klaim: READY, command: READY, report: READY };
  return records.reduce(adopt, { ...begun, policy, lanes, startedAt: now, changedAt: now });
}

function adopt(state: ClaimState, record: CommandRecord): ClaimState {
  const present = state.resolutions.find(({ id }) => id === record.resolutionId);
  if (present === undefined) return { ...state, resolutions: [...state.resolutions, resolutionFrom(record, state)] };
  const { answer, answeredAt } = record;
  if (answer === null || answeredAt === null) return state;
  const resolutions = state.resolutions.map((one) =>
    one.id === record.resolutionId ? { ...one, progress: accept(one.progress, answer, answeredAt) } : one,
  );
  return { ...state, resolutions };
}

function resolutionFrom(record: CommandRecord, { policy }: ClaimState): Resolution {
  const { resolutionId, kind, amount, terms, commandedAt } = record;
  return {
    ...terms,
    id: resolutionId,
    kind,
    amount,
    ordinal: 1,
    decisionKey: `ledger:${resolutionId}`,
    despite: [],
    commandedAt,
    remindAt: later(commandedAt, policy.remindAfterHours * 3_600),
    dueAt: later(commandedAt, policy.escalateAfterHours * 3_600),
    progress: progressFrom(record),
  };
}

function progressFrom({ sentAt, answer, answeredAt, reportedAt, withdrawnAt }: CommandRecord): Progress {
  if (withdrawnAt !== null) return { state: 'withdrawn', withdrawnAt, toldAt: null, answer };
  const commanded: Progress = { state: 'commanded', sentAt, remindedAt: null, escalatedAt: null };
  if (answer === null || answeredAt === null) return commanded;
  const accepted = accept(commanded, answer, answeredAt);
  if (accepted.state !== 'answered' || reportedAt === null) return accepted;
  return { state: 'reported', answer, answeredAt, reportedAt };
}
