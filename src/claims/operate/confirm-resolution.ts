import { commandContested, recommand } from '../commit';
import { type Rival } from '../loss';
import { readDecision, ruleOf } from '../proposals';
import { type Resolution } from '../resolution';
import { answerOf, type ClaimState } from '../state';
import { letStand } from '../withdraw';
import { note, type Refusal, type ResolutionRuling } from './ruling';

export interface ConfirmRuling extends ResolutionRuling {
  accept: boolean;
}

/** Only what waits for an operator can be settled; and no refund is commanded that does not say how much. */
export function refusalToConfirm(state: ClaimState, { resolutionId, accept }: ConfirmRuling): Refusal {
  if (typeof accept !== 'boolean') return 'accept must be true or false';
  const proposal = readDecision(state).proposals.find(({ id }) => id === resolutionId);
  const resolution = state.resolutions.find(({ id }) => id === resolutionId);
  const isAsked = state.questions.some((question) => question.resolutionId === resolutionId);
  if (proposal === undefined && !isAsked && resolution?.progress.state !== 'contested')
    return `resolution ${resolutionId} does not wait for an operator`;
  const terms = proposal ?? (resolution === undefined || isAnswered(resolution) ? undefined : resolution);
  const lacksAmount = terms?.kind === 'refund' && terms.amount === null;
  return accept && lacksAmount && ruleOf(state) !== 'shown'
    ? `refund ${resolutionId} names no amount: say how much by overrideResolution`
    : null;
}

const isAnswered = (resolution: Resolution): boolean => answerOf(resolution) !== null;

/**
 * Settles `unconfirmed`, `unknownResolution` and `contradiction`. A proposal, or a command that another source's claim held back:
 * accepted, its command goes; refused, it never does.
 * A withdrawn command: accepted, its answer (if there is one) is reported, else it is commanded anew under a new id; refused, it
 * stays withdrawn. What has been carried out and was denied later is reported either way, because it happened.
 */
export function confirmResolution(state: ClaimState, ruling: ConfirmRuling, now: string): ClaimState {
  const { resolutionId } = ruling;
  // Where approvals are only shown there is nothing to let go, now or when the brand turns its commands on.
  const accept = ruling.accept && ruleOf(state) !== 'shown';
  const asked = state.resolutions.find(({ id }) => id === resolutionId);
  const settled =
    asked === undefined ? settleProposal(state, resolutionId, accept) : settleQuestion(state, asked, accept, now);
  return note(settled, `resolution ${resolutionId} ${ruling.accept ? 'accepted' : 'refused'}`, ruling, now);
}

function settleProposal(state: ClaimState, resolutionId: string, accept: boolean): ClaimState {
  const proposal = readDecision(state).proposals.find(({ id }) => id === resolutionId);
  return proposal === undefined ? state : withVerdict(state, proposal, accept);
}

function withVerdict(
  state: ClaimState,
  { id, amount }: Pick<Resolution, 'id' | 'amount'>,
  accept: boolean,
): ClaimState {
  return { ...state, rulings: { ...state.rulings, [id]: { accept, amount } } };
}

function settleQuestion(state: ClaimState, asked: Resolution, accept: boolean, now: string): ClaimState {
  const questions = state.questions.filter(({ resolutionId }) => resolutionId !== asked.id);
  const { progress } = asked;
  if (progress.state === 'contested') return settleContest(state, asked, accept ? progress.rivals : null, now);
  if (!accept || progress.state !== 'withdrawn') return { ...state, questions };
  if (progress.answer === null)
    return { ...state, questions, resolutions: [...state.resolutions, recommand(state, asked, now)] };
  return letStand(state, [asked.id]);
}

/** Refused (`overruled` is null), nothing was ever commanded: its terms stay refused, whenever they are approved again. */
function settleContest(state: ClaimState, contested: Resolution, overruled: Rival[] | null, now: string): ClaimState {
  if (overruled === null) {
    const resolutions = state.resolutions.filter(({ id }) => id !== contested.id);
    return withVerdict({ ...state, resolutions }, contested, false);
  }
  const resolutions = state.resolutions.map((one) =>
    one.id === contested.id ? commandContested(state, one, overruled, now) : one,
  );
  return { ...state, resolutions };
}
