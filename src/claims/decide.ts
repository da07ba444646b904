import { type ClaimEvent } from './event';
import { known } from './facts';
import { later } from './lane';
import { grantedBy } from './granted';
import { type FoundClaim } from './source-claim';
import { waysOf } from './sources';
import { type ClaimState, type Decision, type Question } from './state';
import { isWithdrawnInVain, withdrawOpen } from './withdraw';

/** Whether an event is a decision of its source. */
export function isDecision({ kind }: ClaimEvent): boolean {
  return kind === 'approved' || kind === 'denied';
}

/** When an event happened, when it was heard, and the claim as it was before. */
interface Hearing {
  at: string;
  now: string;
  before: ClaimState;
}

/** Takes in what an event decides: the newest decision holds, whatever order they are heard in. */
export function decide(state: ClaimState, event: ClaimEvent, { at, now, before }: Hearing): ClaimState {
  const decision = decisionIn(event, at, now);
  if (decision === null)
    return isTakenBack(state, before) ? withdrawOpen(state, 'taken back after the command', now) : state;
  return take(state, decision, { now, before });
}

/**
 * What a read shows that no event has told of: the source pushes each decision once, and one can be lost. A denial counts at once, because
 * it moves no money; an approval waits for its event, or for an operator.
 */
export function decideByRead(state: ClaimState, { status, updatedAt: at }: FoundClaim, now: string): ClaimState {
  const { decision } = state;
  // Events tell whole seconds: an approval of the same second may be the one before the denial.
  const after = decision === null || status === 'denied' ? decision?.at : later(decision.at, 1);
  if (decision?.verdict === status || (after !== undefined && at <= after)) return state;
  const common = { key: `read ${at}`, at, heardAt: now, from: 'read' as const };
  if (status === 'denied') return take(state, { ...common, verdict: 'denied', reasons: [] }, { now, before: state });
  if (status !== 'approved') return state;
  return take(state, { ...common, verdict: 'approved', resolutions: [] }, { now, before: state });
}

function take(state: ClaimState, decision: Decision, { now, before }: Omit<Hearing, 'at'>): ClaimState {
  if (state.decision !== null && !supersedes(decision, state.decision)) return state;
  if (isSaidAgain(decision, state, before))
    return { ...state, decision: { ...decision, heardAt: state.decision?.heardAt ?? now } };
  const decided = { ...state, decision };
  if (decision.verdict === 'denied') return withdrawOpen(decided, 'denied after the command', now);
  return { ...decided, closed: null, questions: unsettledBy(decided) };
}

/** A new approval answers what was asked, but not whether that stands which was carried out although it was withdrawn. */
function unsettledBy({ questions, resolutions }: ClaimState): Question[] {
  const unsettled = new Set(resolutions.filter(isWithdrawnInVain).map(({ id }) => id));
  return questions.filter(({ resolutionId }) => unsettled.has(resolutionId));
}

/**
 * Whether the claim's status still bears out an approval. Only a source that settles by itself tells by its status that it has
 * taken an approval back; elsewhere a status after the approval is a stage of carrying it out.
 */
export function isStanding(state: ClaimState): boolean {
  const { status } = known(state.facts.claim);
  return waysOf(state)?.settlesItself !== true || ['approved', 'resolved', 'closed'].includes(status ?? '');
}

function isTakenBack(state: ClaimState, before: ClaimState): boolean {
  return state.decision?.verdict === 'approved' && isStanding(before) && !isStanding(state);
}

/** A source without events for decisions says its decision with every change: the same once more is nothing new, and reopens nothing. */
function isSaidAgain(decision: Decision, state: ClaimState, before: ClaimState): boolean {
  const { decision: last, facts } = before;
  if (waysOf(before)?.settlesItself !== true || last === null) return false;
  if (known(facts.claim).status !== decision.verdict) return false;
  return JSON.stringify(termsOf(before, last)) === JSON.stringify(termsOf(state, decision));
}

function termsOf(state: ClaimState, decision: Decision): unknown {
  return decision.verdict === 'approved' ? grantedBy(state, decision) : decision.reasons;
}

function decisionIn(event: ClaimEvent, at: string, now: string): Decision | null {
  const common = { key: event.eventKey, at, heardAt: now, from: 'event' as const };
  if (event.kind === 'approved') return { ...common, verdict: 'approved', resolutions: event.claim.resolutions ?? [] };
  if (event.kind === 'denied') return { ...common, verdict: 'denied', reasons: event.claim.denialReasons ?? [] };
  return null;
}

/** The later decision holds; at the same instant a denial, because it moves no money. An event says more than the read that saw its decision first. */
function supersedes(a: Decision, b: Decision): boolean {
  if (a.verdict === b.verdict && a.from !== b.from) return a.from === 'event';
  if (a.at !== b.at) return a.at > b.at;
  if (a.verdict !== b.verdict) return a.verdict === 'denied';
  return a.key > b.key;
}
