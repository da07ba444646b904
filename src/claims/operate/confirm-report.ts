import { READY } from '../lane';
import { waysOf } from '../sources';
import { type ClaimState } from '../state';
import { note, type Refusal, type ResolutionRuling } from './ruling';

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
