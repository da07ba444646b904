import { type ClaimState } from '../state';
import { addEntry } from '../timeline';

/** Who does it and why: every operator's action says both. */
export interface Ruling {
  actor: string;
  reason: string;
}

/** An operator's word on one resolution. */
export interface ResolutionRuling extends Ruling {
  resolutionId: string;
}

/** Why an action cannot be taken, in words for the operator; null when it can. */
export type Refusal = string | null;

/** Puts what an operator did into the timeline, with the reason and the name. */
export function note(state: ClaimState, what: string, { actor, reason }: Ruling, now: string): ClaimState {
  return {
    ...state,
    changedAt: now,
    timeline: addEntry(state.timeline, { at: now, what: `${what}: ${reason}`, by: actor }),
  };
}
