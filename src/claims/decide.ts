import { type ClaimEvent } from './event';
import { known } from './facts';
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
  if (state.decision !== null && !supersedes(decision, state.decision)) return state;
  if (isSaidAgain(decision, before))
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
function isSaidAgain(decision: Decision, before: ClaimState): boolean {
  const { decision: last, facts } = before;
  if (waysOf(before)?.settlesItself !== true || last === null) return false;
  if (known(facts.claim).status !== decision.verdict) return false;
  return JSON.stringify(termsOf(last)) === JSON.stringify(termsOf(decision));
}

function termsOf(decision: Decision): unknown {
  return decision.verdict === 'approved' ? decision.resolutions : decision.reasons;
}

function decisionIn(event: ClaimEvent, at: string, now: string): Decision | null {
  const common = { key: event.eventKey, at, heardAt: now };
  if (event.kind === 'approved') return { ...common, verdict: 'approved', resolutions: event.claim.resolutions ?? [] };
  if (event.kind === 'denied') return { ...common, verdict: 'denied', reasons: event.claim.denialReasons ?? [] };
  return null;
}

/** The later decision holds; at the same instant a denial, because it moves no money. */
function supersedes(a: Decision, b: Decision): boolean {
  if (a.at !== b.at) return a.at > b.at;
  if (a.verdict !== b.verdict) return a.verdict === 'denied';
  return a.key > b.key;
}
