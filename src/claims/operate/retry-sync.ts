import { commandContested } from '../commit';
import { READY } from '../lane';
import { type Resolution } from '../resolution';
import { type ClaimState } from '../state';
import { note, type Ruling } from './ruling';

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
