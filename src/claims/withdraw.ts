import { type Answer } from './answer';
import { type Question, type ClaimState } from './state';
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
    ({ insteadOf, progress }) => progress.state === 'commanded' && insteadOf.includes(id),
  );
  const asked: Question[] = [
    { resolutionId: id, why: `answered (${outcome}) although it was withdrawn` },
    ...overtaken.map((one) => ({ resolutionId: one.id, why: `${id}, whose place it takes, was carried out` })),
  ];
  const resolutions = state.resolutions.map((one) => (overtaken.includes(one) ? withdraw(one, now) : one));
  return { ...state, resolutions, questions: [...state.questions.filter(isNot(asked)), ...asked] };
}

const isNot =
  (asked: readonly Question[]) =>
  ({ resolutionId }: Question): boolean =>
    !asked.some((question) => question.resolutionId === resolutionId);

/** Withdraws a commanded resolution; any other is past that and stays. Of a contested one there is nobody to tell. */
export function withdraw(resolution: Resolution, now: string): Resolution {
  if (resolution.progress.state === 'contested')
    return { ...resolution, progress: { state: 'withdrawn', withdrawnAt: now, toldAt: now, answer: null } };
  if (resolution.progress.state !== 'commanded') return resolution;
  return { ...resolution, progress: { state: 'withdrawn', withdrawnAt: now, toldAt: null, answer: null } };
}
