import { type Answer } from './answer';
import { isCarriedOut, type Question, type ClaimState } from './state';
import { type Resolution } from './resolution';

/**
 * The approval no longer stands: what is commanded and unanswered is withdrawn, and an operator is asked about everything that
 * the brand may have done.
 */
export function withdrawOpen(state: ClaimState, why: string, now: string): ClaimState {
  const concerned = state.resolutions.filter(
    ({ progress }) => !['contested', 'withdrawn', 'declined'].includes(progress.state),
  );
  const asked: Question[] = concerned.map(({ id }) => ({ resolutionId: id, why }));
  return {
    ...state,
    resolutions: state.resolutions.map((one) => withdraw(one, now)),
    questions: [...state.questions.filter(isNot(asked)), ...asked],
  };
}

/**
 * The brand has carried out what was withdrawn. What happened is recorded, and an operator is asked; what was commanded in its place
 * and is not answered must not be carried out as well: it is withdrawn, and asked about too.
 */
export function carriedOutAfterAll(state: ClaimState, id: string, { outcome }: Answer, now: string): ClaimState {
  const overtaken = state.resolutions.filter(
    ({ insteadOf, progress }) => ['contested', 'commanded'].includes(progress.state) && insteadOf.includes(id),
  );
  const asked: Question[] = [
    { resolutionId: id, why: `answered (${outcome}) although it was withdrawn` },
    ...overtaken.map((one) => ({ resolutionId: one.id, why: `${id}, whose place it takes, was carried out` })),
  ];
  const resolutions = state.resolutions.map((one) => (overtaken.includes(one) ? withdraw(one, now) : one));
  return { ...state, resolutions, questions: [...state.questions.filter(isNot(asked)), ...asked] };
}

/** Whether a brand has carried out what was withdrawn. */
export function isWithdrawnInVain(resolution: Resolution): boolean {
  return resolution.progress.state === 'withdrawn' && isCarriedOut(resolution);
}

/** What was withdrawn and answered stands after all, as an operator or a new approval says: what was carried out is reported. */
export function letStand(state: ClaimState, ids: readonly string[]): ClaimState {
  return {
    ...state,
    questions: state.questions.filter(({ resolutionId }) => !ids.includes(resolutionId)),
    resolutions: state.resolutions.map((one) => (ids.includes(one.id) ? standing(one) : one)),
  };
}

function standing(resolution: Resolution): Resolution {
  const { progress } = resolution;
  if (progress.state !== 'withdrawn' || progress.answer === null) return resolution;
  const { answer, withdrawnAt } = progress;
  // An earlier version did not keep when it was answered.
  const answeredAt = progress.answeredAt ?? withdrawnAt;
  if (answer.outcome === 'declined')
    return { ...resolution, progress: { state: 'declined', reason: answer.reason, answeredAt } };
  return { ...resolution, progress: { state: 'answered', answer, answeredAt, reportByHand: null } };
}

const isNot =
  (asked: readonly Question[]) =>
  ({ resolutionId }: Question): boolean =>
    !asked.some((question) => question.resolutionId === resolutionId);

const UNANSWERED = { answer: null, answeredAt: null };

/** Withdraws a commanded resolution; any other is past that and stays. Of a contested one there is nobody to tell. */
export function withdraw(resolution: Resolution, now: string): Resolution {
  if (resolution.progress.state === 'contested')
    return { ...resolution, progress: { state: 'withdrawn', withdrawnAt: now, toldAt: now, ...UNANSWERED } };
  if (resolution.progress.state !== 'commanded') return resolution;
  return { ...resolution, progress: { state: 'withdrawn', withdrawnAt: now, toldAt: null, ...UNANSWERED } };
}
