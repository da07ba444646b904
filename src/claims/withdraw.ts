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
  const others = state.questions.filter(
    ({ resolutionId }) => !asked.some((question) => question.resolutionId === resolutionId),
  );
  return {
    ...state,
    resolutions: state.resolutions.map((one) => withdraw(one, now)),
    questions: [...others, ...asked],
  };
}

/** Withdraws a commanded resolution; any other is past that and stays. Of a contested one there is nobody to tell. */
export function withdraw(resolution: Resolution, now: string): Resolution {
  if (resolution.progress.state === 'contested')
    return { ...resolution, progress: { state: 'withdrawn', withdrawnAt: now, toldAt: now, answer: null } };
  if (resolution.progress.state !== 'commanded') return resolution;
  return { ...resolution, progress: { state: 'withdrawn', withdrawnAt: now, toldAt: null, answer: null } };
}
