import { type Resolution } from './resolution';
import { beginClaim, type ClaimState, type Verdict } from './state';

/** What a resolution of an earlier version may lack. */
const LACKING: Partial<Resolution> = { despite: [], insteadOf: [], approvedAs: null };

/** A state as an earlier version may have kept it or handed it over, with all that a claim has today. */
export function upToDate(kept: ClaimState): ClaimState {
  return {
    ...beginClaim(kept.brand, kept.claimId, kept.policy, kept.startedAt),
    ...kept,
    resolutions: kept.resolutions.map((one) => ({ ...LACKING, ...one })),
    rulings: Object.fromEntries(
      Object.entries(kept.rulings ?? {}).flatMap(([id, verdict]) => verdictFrom(id, verdict)),
    ),
  };
}

/** Rulings named no money once: a refusal makes an operator look again, and a yes that has led to nothing yet is asked for anew. */
function verdictFrom(id: string, kept: Verdict | boolean): [string, Verdict][] {
  if (typeof kept !== 'boolean') return [[id, kept]];
  return kept ? [] : [[id, { accept: false, amount: null }]];
}
