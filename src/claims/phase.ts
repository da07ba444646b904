import { known } from './facts';
import { readDecision } from './proposals';
import { type Resolution } from './resolution';
import { waysOf } from './sources';
import { type ClaimState } from './state';

/** Where a claim stands. */
export const PHASES = [
  'incomplete',
  'open',
  'confirming',
  'awaitingBrand',
  'reporting',
  'settled',
  'denied',
  'closed',
] as const;
export type Phase = (typeof PHASES)[number];

/** The phases in which nothing more is expected; a claim that rests in one completes after the quiet period. */
export const RESTING_PHASES: readonly Phase[] = ['settled', 'denied', 'closed'];

/** From least to most advanced: a claim with several resolutions stands where the least advanced one stands. */
const ADVANCE: readonly Phase[] = ['confirming', 'awaitingBrand', 'reporting', 'settled'];

/** The claim's phase. */
export function phaseOf(state: ClaimState): Phase {
  if (state.closed !== null) return 'closed';
  const stages = stagesOf(state);
  const least = ADVANCE.find((stage) => stages.includes(stage));
  if (state.decision?.verdict === 'denied') return least === undefined || least === 'settled' ? 'denied' : least;
  if (least !== undefined) return least;
  return restingPhase(state) ?? (isIncomplete(state) ? 'incomplete' : 'open');
}

/** Whether nothing more is expected of the claim. */
export function isAtRest(state: ClaimState): boolean {
  return RESTING_PHASES.includes(phaseOf(state));
}

/** Neither told of by its filing nor found at its source. Where nothing can be read, any event tells enough. */
export function isIncomplete(state: ClaimState): boolean {
  if (waysOf(state)?.isRead === false) return false;
  return !state.filed && state.reading?.claim.found !== true;
}

function stagesOf(state: ClaimState): Phase[] {
  const live = state.resolutions
    .filter(({ progress }) => progress.state !== 'withdrawn')
    .map((one) => stageOf(one, state));
  const { proposals } = readDecision(state);
  return proposals.length === 0 ? live : [...live, 'confirming'];
}

function stageOf({ progress }: Resolution, state: ClaimState): Phase {
  switch (progress.state) {
    case 'contested':
      return 'confirming';
    case 'commanded':
    case 'declined':
    case 'withdrawn':
      return 'awaitingBrand';
    case 'answered':
      return waysOf(state)?.isTold === false ? 'settled' : 'reporting';
    case 'reported':
      return 'settled';
  }
}

function restingPhase(state: ClaimState): Phase | undefined {
  switch (known(state.facts.claim).status) {
    case 'denied':
      return 'denied';
    case 'closed':
    case 'dismissed':
      return 'closed';
    case 'resolved':
      return 'settled';
    case 'approved':
      return waysOf(state)?.settlesItself === true ? 'settled' : undefined;
    default:
      return undefined;
  }
}
