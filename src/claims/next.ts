import { type Completion } from './answer';
import { attentionOf, deadlinesOf } from './attention';
import { isStanding } from './decide';
import { identityOf, isKnown } from './identity';
import { type CustomerIdentity, type KlaimIds, type NamedCustomer } from './klaim';
import { type Item } from './event';
import { known } from './facts';
import { grantedBy } from './granted';
import { isDue, later, LANES, type LaneName } from './lane';
import { lossOf, type Loss } from './loss';
import { type NeutralClaim } from './neutral-claim';
import { isAtRest, isIncomplete } from './phase';
import { digestOf, isOutdated, projectionOf } from './projection';
import { readReason } from './read-back';
import { type Resolution } from './resolution';
import { waysOf, type Source } from './sources';
import { type ClaimState, type Decision } from './state';

/** One thing for a lane to do in the world. `dueAt` is the time that the brand is told: that of the cause, so that a repeat tells the same. */
export type Step =
  | { do: 'readClaim'; covering: string[] }
  | {
      do: 'syncKlaim';
      claim: NeutralClaim;
      digest: string;
      customer: CustomerIdentity;
      known: KlaimIds | null;
      asOf: string;
      isRefresh: boolean;
    }
  | {
      do: 'relinkKlaim';
      orderedAt: string;
      claim: NeutralClaim;
      digest: string;
      customer: NamedCustomer;
      known: KlaimIds | null;
      asOf: string;
    }
  | { do: 'enterDecision'; source: Source; key: string; loss: Loss | null }
  | { do: 'sendCommand'; source: Source; resolution: Resolution }
  | { do: 'withdraw'; resolutionId: string }
  | { do: 'remind'; resolutionId: string; dueAt: string }
  | { do: 'escalate'; resolutionIds: string[]; number: number; dueAt: string }
  | { do: 'settleAnswer'; completion: Completion }
  | { do: 'report'; resolution: Resolution };

/** What a lane should do: a step now, or nothing before a time, or nothing until something happens. */
export type Next = { step: Step } | { at: string } | null;

/** What each lane should do next, decided from the state alone. */
export function nextOf(lane: LaneName, state: ClaimState, now: string): Next {
  const step = STEPS[lane](state, now);
  if (step === null || 'at' in step) return step;
  const { retryAt } = state.lanes[lane];
  return isDue(state.lanes[lane], now) || retryAt === null ? { step } : { at: retryAt };
}

const STEPS: Readonly<Record<LaneName, (state: ClaimState, now: string) => Step | { at: string } | null>> = {
  source: sourceStep,
  klaim: klaimStep,
  command: commandStep,
  report: reportStep,
};

/** The Klaim waits for a read that is due, so that a burst is one write, but not for a source that does not answer. */
function klaimStep(state: ClaimState, now: string): Step | null {
  if (isIncomplete(state) || isReadPending(state)) return null;
  const customer = identityOf(state);
  if (state.klaim === null && !isKnown(customer)) return null;
  const claim = projectionOf(state);
  const digest = digestOf(claim);
  const asOf = asOfNext(state, now);
  const known = state.klaim === null ? null : { klaimId: state.klaim.klaimId, customerId: state.klaim.customerId };
  if (state.relink !== null) {
    const { at: orderedAt, customerId } = state.relink;
    return { do: 'relinkKlaim', orderedAt, claim, digest, customer: { ...customer, customerId }, known, asOf };
  }
  const isRefresh = digest === state.klaim?.digest;
  return isRefresh && !isOutdated(state) ? null : { do: 'syncKlaim', claim, digest, customer, known, asOf, isRefresh };
}

/** Steps follow one another, so their times do; only a clock that was wrong has to be outdone. */
function asOfNext({ klaimAsOf }: ClaimState, now: string): string {
  // A run that an earlier version began lacks it.
  return klaimAsOf == null || klaimAsOf < now ? now : later(klaimAsOf, 0.001);
}

function isReadPending(state: ClaimState): boolean {
  return readReason(state) === 'news' && state.lanes.source.failure === null;
}

function sourceStep(state: ClaimState): Step | null {
  const entry = entryStep(state);
  if (entry !== null) return entry;
  return readReason(state) === null ? null : { do: 'readClaim', covering: state.unread };
}

/** What a source approves that settles by itself is entered in the book of losses, and what it takes back is taken out. */
function entryStep(state: ClaimState): Step | null {
  const { source, decision, entered, facts } = state;
  if (source === null || waysOf(state)?.settlesItself !== true || decision === null) return null;
  const isApproved = decision.verdict === 'approved' && isStanding(state);
  const key = isApproved || decision.verdict === 'denied' ? decision.key : `${decision.key} taken back`;
  const loss = isApproved ? lossOf(known(facts.order), itemsOf(state, decision)) : null;
  // The order and its lines may become known only after the decision.
  const isEntered = entered?.key === key && JSON.stringify(entered.loss) === JSON.stringify(loss);
  return isEntered ? null : { do: 'enterDecision', source, key, loss };
}

const itemsOf = (state: ClaimState, decision: Decision & { verdict: 'approved' }): Item[] =>
  grantedBy(state, decision).flatMap((one) => one.items ?? []);

/** While the claim is held, the brand is told of no new command. */
function commandStep(state: ClaimState, now: string): Step | { at: string } | null {
  const { source, resolutions, hold, escalations } = state;
  if (source === null) return null;
  for (const { id, progress } of resolutions)
    if (progress.state === 'withdrawn' && progress.toldAt === null) return { do: 'withdraw', resolutionId: id };
  const open = resolutions.flatMap((one) =>
    one.progress.state === 'commanded' ? [{ ...one, progress: one.progress }] : [],
  );
  const unsent = open.find(({ progress }) => progress.sentAt === null);
  if (unsent !== undefined && hold === null) return { do: 'sendCommand', source, resolution: unsent };
  const told = open.filter(({ progress }) => progress.sentAt !== null);
  const overdue = told.filter(({ progress, dueAt }) => progress.escalatedAt === null && dueAt <= now);
  const [earliestDue] = overdue.map(({ dueAt }) => dueAt).sort();
  if (earliestDue !== undefined)
    return { do: 'escalate', resolutionIds: told.map(({ id }) => id), number: escalations + 1, dueAt: earliestDue };
  const quiet = told.filter(({ progress }) => progress.remindedAt === null && progress.escalatedAt === null);
  const forgotten = quiet.find(({ remindAt }) => remindAt <= now);
  if (forgotten !== undefined) return { do: 'remind', resolutionId: forgotten.id, dueAt: forgotten.remindAt };
  const waits = told.filter(({ progress }) => progress.escalatedAt === null).map(({ dueAt }) => dueAt);
  return earliest([...quiet.map(({ remindAt }) => remindAt), ...waits]);
}

function reportStep(state: ClaimState): Step | null {
  const [completion] = state.answers;
  if (completion !== undefined) return { do: 'settleAnswer', completion };
  if (state.hold !== null || waysOf(state)?.isTold === false) return null;
  const asked = new Set(state.questions.map(({ resolutionId }) => resolutionId));
  const due = state.resolutions.find(
    ({ id, progress }) => progress.state === 'answered' && progress.reportByHand === null && !asked.has(id),
  );
  return due === undefined ? null : { do: 'report', resolution: due };
}

/** When a claim at rest, with nothing amiss and nothing to do, has been quiet for long enough to complete; null when it is not at rest. */
export function completesAt(state: ClaimState, now: string): string | null {
  if (!isAtRest(state)) return null;
  if (state.questions.length > 0) return null;
  if (state.closed === null && attentionOf(state, now) !== 'none') return null;
  if (LANES.some((lane) => nextOf(lane, state, now) !== null && holdsUp(lane, state))) return null;
  return later(state.changedAt, state.policy.quietHours * 3_600);
}

/** A claim that was closed by hand waits no more for Kustomer, nor for a brand that has gone; what the brand or the source must know is not dropped. */
function holdsUp(lane: LaneName, { closed, lanes }: ClaimState): boolean {
  if (closed === null) return true;
  return lane === 'report' || (lane === 'command' && lanes.command.failure?.kind !== 'gone');
}

/** The nearest time at which something is to be done or to be seen, if nothing happens before. */
export function wakeAt(state: ClaimState, now: string): string | null {
  const lanes = LANES.flatMap((lane) => {
    const next = nextOf(lane, state, now);
    return next !== null && 'at' in next ? [next.at] : [];
  });
  const completion = completesAt(state, now);
  return (
    earliest([
      ...lanes,
      ...deadlinesOf(state).filter((time) => time > now),
      ...(completion === null ? [] : [completion]),
    ])?.at ?? null
  );
}

function earliest(times: readonly string[]): { at: string } | null {
  const [first] = [...times].sort();
  return first === undefined ? null : { at: first };
}
