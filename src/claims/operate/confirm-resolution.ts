import { commandContested, recommand } from '../commit';
import { type Rival } from '../loss';
import { readDecision, ruleOf } from '../proposals';
import { type Resolution } from '../resolution';
import { type ClaimState } from '../state';
import { note, type Refusal, type ResolutionRuling } from './ruling';

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
