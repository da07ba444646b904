import { READY } from '../lane';
import { type ClaimState } from '../state';
import { withdraw } from '../withdraw';
import { note, type Refusal, type Ruling } from './ruling';

/** A claim is closed once. */
export function refusalToClose(state: ClaimState): Refusal {
  return state.closed === null ? null : 'the claim is closed already';
}

/**
 * Ends the claim whatever it waits for: open commands are withdrawn, a hold ends, and it completes after the quiet period. A later
 * approval reopens it.
 */
export function closeClaim(state: ClaimState, ruling: Ruling, now: string): ClaimState {
  const { actor, reason } = ruling;
  const resolutions = state.resolutions.map((resolution) => withdraw(resolution, now));
  const closed = { at: now, actor, reason };
  const lanes = { ...state.lanes, command: READY };
  return note({ ...state, resolutions, lanes, questions: [], hold: null, closed }, 'closed', ruling, now);
}
