import { retime } from '../commit';
import { type ClaimState } from '../state';
import { note, type Refusal, type Ruling } from './ruling';

/** An open claim is held once at a time. */
export function refusalToHold({ closed, hold }: ClaimState): Refusal {
  if (closed !== null) return 'the claim is closed: nothing new is done for it';
  return hold === null ? null : `the claim is held already, by ${hold.actor} since ${hold.at}`;
}

/** No new command and no new report goes out until the claim is released; nothing else stops. */
export function hold(state: ClaimState, ruling: Ruling, now: string): ClaimState {
  const { actor, reason } = ruling;
  return note({ ...state, hold: { at: now, actor, reason } }, 'held', ruling, now);
}

/** Only what is held can be released. */
export function refusalToRelease(state: ClaimState): Refusal {
  return state.hold === null ? 'the claim is not held' : null;
}

/** The claim goes on. What was held back before the brand heard of it gets its full time from now. */
export function release(state: ClaimState, ruling: Ruling, now: string): ClaimState {
  const resolutions = state.resolutions.map((one) =>
    one.progress.state === 'commanded' && one.progress.sentAt === null ? retime(state, one, now) : one,
  );
  return note({ ...state, resolutions, hold: null }, 'released', ruling, now);
}
