import { type DecidedResolution } from './event';
import { known } from './facts';
import { UNSPECIFIED } from './resolution';
import { waysOf } from './sources';
import { type ClaimState, type Decision } from './state';

/**
 * What a decision grants, as far as its source has said it anywhere. One that settles by itself grants what was asked for, for the lines that
 * were claimed, and its events need not say either again (Karla, "Claim events": fields may be left out).
 */
export function grantedBy(state: ClaimState, decision: Decision & { verdict: 'approved' }): DecidedResolution[] {
  if (waysOf(state)?.settlesItself !== true) return decision.resolutions;
  const { requestedResolution = UNSPECIFIED, items } = known(state.facts.claim);
  return decision.resolutions.map((one) => ({
    ...(items === undefined ? {} : { items }),
    ...one,
    kind: one.kind === UNSPECIFIED ? requestedResolution : one.kind,
  }));
}
