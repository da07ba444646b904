import { type Answer } from './answer';
import { attentionOf, deadlinesOf, type Attention } from './attention';
import { known } from './facts';
import { type MatchedBy } from './klaim';
import { type LaneName } from './lane';
import { contestedBy } from './loss';
import { type Money } from './money';
import { phaseOf, type Phase } from './phase';
import { digestOf, isOutdated, projectionOf } from './projection';
import { readDecision } from './proposals';
import { type Progress, type Resolution } from './resolution';
import { type Source } from './sources';
import { answerOf, type ClaimState } from './state';
import { type TimelineEntry } from './timeline';

/** How far a resolution is, as the API shows it. */
export const RESOLUTION_STATES = [
  'proposed',
  'commanded',
  'answered',
  'reported',
  'declined',
  'withdrawn',
] as const satisfies readonly ('proposed' | Exclude<Progress['state'], 'contested'>)[];

export interface ResolutionView {
  id: string;
  kind: string;
  state: (typeof RESOLUTION_STATES)[number];
  amount: Money | null;
  dueAt: string | null;
  answer: Answer | null;
  reportedAt: string | null;
  /** Why it waits for an operator; null when it does not. */
  question: string | null;
}

/** A claim as people and the API see it. Times are RFC 3339 UTC. */
export interface ClaimView {
  brand: string;
  claimId: string;
  source: Source | null;
  phase: Phase;
  attention: Attention;
  orderId: string | null;
  /** `matchedBy` is how its customer was found, `mappingVersion` that of the brand's mapping by which it was written last. */
  klaim: {
    id: string;
    customerId: string | null;
    matchedBy: MatchedBy;
    syncedAt: string;
    inSync: boolean;
    mappingVersion: number;
  } | null;
  resolutions: ResolutionView[];
  /** Who holds it and why; null when nobody does. */
  hold: { at: string; actor: string; reason: string } | null;
  /** The nearest time by which somebody owes the claim something; null while nobody does. */
  deadline: string | null;
  /** What is being waited for after a failure, by lane. */
  waiting: { lane: LaneName; reason: string; retryAt: string | null }[];
  timeline: Pick<TimelineEntry, 'at' | 'what' | 'by'>[];
}

/** The claim as it stands. */
export function viewOf(state: ClaimState, now: string): ClaimView {
  return {
    brand: state.brand,
    claimId: state.claimId,
    source: state.source,
    phase: phaseOf(state),
    attention: attentionOf(state, now),
    orderId: known(state.facts.order).sourceOrderId ?? null,
    klaim: klaimView(state),
    resolutions: [...proposedViews(state), ...commandedViews(state)],
    hold: state.hold,
    deadline: deadlinesOf(state).sort()[0] ?? null,
    waiting: Object.entries(state.lanes).flatMap(([lane, { failure, retryAt }]) =>
      failure === null ? [] : [{ lane: lane as LaneName, reason: failure.message, retryAt }],
    ),
    timeline: state.timeline.map(({ at, what, by }) => ({ at, what, by })),
  };
}

function klaimView(state: ClaimState): ClaimView['klaim'] {
  if (state.klaim === null) return null;
  const { klaimId, digest, ...shown } = state.klaim;
  const inSync = state.relink === null && !isOutdated(state) && digest === digestOf(projectionOf(state));
  return { id: klaimId, ...shown, inSync };
}

const BLOCK_TEXT = {
  confirming: 'not yet confirmed by its source',
  operator: 'approved at its source, which may carry it out by itself: to be confirmed by an operator',
  contradiction: 'it contradicts what was commanded or decided before',
  unknownResolution: 'neither a refund nor a reship',
  held: 'held by an operator',
} as const;

function proposedViews(state: ClaimState): ResolutionView[] {
  return readDecision(state).proposals.map(({ id, kind, amount, block, rivals }) => ({
    id,
    kind,
    state: 'proposed',
    amount,
    dueAt: null,
    answer: null,
    reportedAt: null,
    question: block === null ? null : rivals.length > 0 ? contestedBy(rivals) : BLOCK_TEXT[block],
  }));
}

function commandedViews(state: ClaimState): ResolutionView[] {
  return state.resolutions.map((resolution) => ({
    id: resolution.id,
    kind: resolution.kind,
    state: resolution.progress.state === 'contested' ? 'proposed' : resolution.progress.state,
    amount: resolution.amount,
    dueAt: resolution.progress.state === 'contested' ? null : resolution.dueAt,
    answer: answerOf(resolution),
    reportedAt: resolution.progress.state === 'reported' ? resolution.progress.reportedAt : null,
    question: state.questions.find(({ resolutionId }) => resolutionId === resolution.id)?.why ?? waitsFor(resolution),
  }));
}

function waitsFor({ progress }: Resolution): string | null {
  if (progress.state === 'contested') return contestedBy(progress.rivals);
  return progress.state === 'answered' ? progress.reportByHand : null;
}

/** A claim in a list. */
export type ClaimListItem = Pick<ClaimView, 'claimId' | 'phase' | 'attention' | 'source' | 'orderId' | 'deadline'>;

/** A claim with the address at which Temporal Web shows it; null where there is no run to show. */
export type LinkedClaim = ClaimView & { temporalUrl: string | null };
