import { commandContested, recommand } from './commit';
import { READY } from './lane';
import { type Rival } from './loss';
import { readDecision, ruleOf } from './proposals';
import { type Resolution } from './resolution';
import { waysOf } from './sources';
import { type ClaimState } from './state';
import { addEntry } from './timeline';
import { withdraw } from './withdraw';

/** Who does it and why: every operator's action says both. */
export interface Ruling {
  actor: string;
  reason: string;
}

export interface ResolutionRuling extends Ruling {
  resolutionId: string;
}

/** Why an action cannot be taken, in words for the operator; null when it can. */
export type Refusal = string | null;

/** Ends every wait: the source is read, the Klaim written and what failed tried again, now. */
export function retrySync(state: ClaimState, ruling: Ruling, now: string): ClaimState {
  const lanes = { source: READY, klaim: READY, command: READY, report: READY };
  const claim = {
    ...state,
    lanes,
    unread: [...state.unread, `retry@${now}`].sort(),
    klaim: state.klaim === null ? null : { ...state.klaim, digest: '' },
    resolutions: state.resolutions.map((one) => tryAgain(state, one, now)),
  };
  return note(claim, 'retry now', ruling, now);
}

function tryAgain(state: ClaimState, resolution: Resolution, now: string): Resolution {
  const { progress } = resolution;
  if (progress.state === 'contested') return commandContested(state, resolution, [], now);
  return progress.state === 'answered' ? { ...resolution, progress: { ...progress, reportByHand: null } } : resolution;
}

/** Only what waits for an operator can be settled. */
export function refusalToConfirm(state: ClaimState, { resolutionId }: ResolutionRuling): Refusal {
  const proposed = readDecision(state).proposals.some(({ id }) => id === resolutionId);
  const asked = state.questions.some((question) => question.resolutionId === resolutionId);
  const contested = state.resolutions.some(({ id, progress }) => id === resolutionId && progress.state === 'contested');
  return proposed || asked || contested ? null : `resolution ${resolutionId} does not wait for an operator`;
}

/**
 * Settles `unconfirmed`, `unknownResolution` and `contradiction`. A proposal, or a command that another source's claim held back:
 * accepted, its command goes; refused, it never does.
 * A withdrawn command: accepted, its answer (if there is one) is reported, else it is commanded anew under a new id; refused, it
 * stays withdrawn. What has been carried out and was denied later is reported either way, because it happened.
 */
export function confirmResolution(
  state: ClaimState,
  ruling: ResolutionRuling & { accept: boolean },
  now: string,
): ClaimState {
  const { resolutionId } = ruling;
  // Where approvals are only shown there is nothing to let go, now or when the brand turns its commands on.
  const accept = ruling.accept && ruleOf(state) !== 'shown';
  const asked = state.resolutions.find(({ id }) => id === resolutionId);
  const settled =
    asked === undefined
      ? { ...state, rulings: { ...state.rulings, [resolutionId]: accept } }
      : settleQuestion(state, asked, accept, now);
  return note(settled, `resolution ${resolutionId} ${ruling.accept ? 'accepted' : 'refused'}`, ruling, now);
}

function settleQuestion(state: ClaimState, asked: Resolution, accept: boolean, now: string): ClaimState {
  const questions = state.questions.filter(({ resolutionId }) => resolutionId !== asked.id);
  const { progress } = asked;
  if (progress.state === 'contested') return settleContest(state, asked, accept ? progress.rivals : null, now);
  if (!accept || progress.state !== 'withdrawn') return { ...state, questions };
  if (progress.answer === null)
    return { ...state, questions, resolutions: [...state.resolutions, recommand(state, asked, now)] };
  const { answer, withdrawnAt } = progress;
  const answered: Resolution = {
    ...asked,
    progress: { state: 'answered', answer, answeredAt: withdrawnAt, reportByHand: null },
  };
  return { ...state, questions, resolutions: state.resolutions.map((one) => (one.id === asked.id ? answered : one)) };
}

/** Refused (`overruled` is null), nothing was ever commanded: its terms stay refused, whenever they are approved again. */
function settleContest(state: ClaimState, { id }: Resolution, overruled: Rival[] | null, now: string): ClaimState {
  if (overruled === null) {
    const resolutions = state.resolutions.filter((one) => one.id !== id);
    return { ...state, resolutions, rulings: { ...state.rulings, [id]: false } };
  }
  const resolutions = state.resolutions.map((one) =>
    one.id === id ? commandContested(state, one, overruled, now) : one,
  );
  return { ...state, resolutions };
}

/** Only an answer that is not yet reported can be reported by hand. */
export function refusalToReport(state: ClaimState, { resolutionId }: ResolutionRuling): Refusal {
  const ways = waysOf(state);
  if (ways?.isTold === false) return `nothing is reported to ${ways.name}`;
  const resolution = state.resolutions.find(({ id }) => id === resolutionId);
  if (resolution === undefined) return `there is no resolution ${resolutionId}`;
  return resolution.progress.state === 'answered'
    ? null
    : `resolution ${resolutionId} is ${resolution.progress.state}, not answered`;
}

/** An operator made the report by hand: settles `reportFailing`. */
export function confirmReport(state: ClaimState, ruling: ResolutionRuling, now: string): ClaimState {
  const resolutions = state.resolutions.map((resolution) => {
    const { progress } = resolution;
    if (resolution.id !== ruling.resolutionId || progress.state !== 'answered') return resolution;
    const { answer, answeredAt } = progress;
    return { ...resolution, progress: { state: 'reported' as const, answer, answeredAt, reportedAt: now } };
  });
  const lanes = { ...state.lanes, report: READY };
  return note({ ...state, resolutions, lanes }, `report of ${ruling.resolutionId} made by hand`, ruling, now);
}

export interface CustomerRuling extends Ruling {
  customerId: string;
}

/** Kustomer's ids are 24 hexadecimal digits (Kustomer, "JSON API format"). Whether there is such a customer, Kustomer says later. */
export function refusalToRelink(_state: ClaimState, { customerId }: CustomerRuling): Refusal {
  return /^[0-9a-f]{24}$/.test(customerId) ? null : 'customerId must be an id of Kustomer: 24 hexadecimal digits';
}

/** The Klaim is on the wrong person: it is to be made anew under this customer, and the old one removed. */
export function relinkCustomer(state: ClaimState, ruling: CustomerRuling, now: string): ClaimState {
  const { customerId } = ruling;
  const lanes = { ...state.lanes, klaim: READY };
  return note({ ...state, lanes, relink: { customerId, at: now } }, `Klaim to customer ${customerId}`, ruling, now);
}

/** A claim is closed once. */
export function refusalToClose(state: ClaimState): Refusal {
  return state.closed === null ? null : 'the claim is closed already';
}

/** Ends the claim whatever it waits for: open commands are withdrawn, and it completes after the quiet period. A later approval reopens it. */
export function closeClaim(state: ClaimState, ruling: Ruling, now: string): ClaimState {
  const resolutions = state.resolutions.map((resolution) => withdraw(resolution, now));
  return note({ ...state, resolutions, questions: [], closed: { at: now, ...pick(ruling) } }, 'closed', ruling, now);
}

function pick({ actor, reason }: Ruling): Ruling {
  return { actor, reason };
}

function note(state: ClaimState, what: string, { actor, reason }: Ruling, now: string): ClaimState {
  return {
    ...state,
    changedAt: now,
    timeline: addEntry(state.timeline, { at: now, what: `${what}: ${reason}`, by: actor }),
  };
}
