import { later, type LaneName } from './lane';
import { identityOf, isKnown } from './identity';
import { isAtRest, isIncomplete } from './phase';
import { readDecision, unconfirmedAt } from './proposals';
import { type Resolution } from './resolution';
import { waysOf } from './sources';
import { type ClaimState } from './state';

/** Why an operator should look at a claim. The most urgent comes first; `none` when nothing is amiss. */
export const ATTENTIONS = [
  'credentials',
  'contradiction',
  'unknownResolution',
  'declined',
  'unconfirmed',
  'commandFailing',
  'reportFailing',
  'overdue',
  'held',
  'syncFailing',
  'noCustomer',
  'unknownClaim',
  'none',
] as const;
export type Attention = (typeof ATTENTIONS)[number];

const LANE_ATTENTION: Readonly<Record<LaneName, Attention>> = {
  source: 'syncFailing',
  klaim: 'syncFailing',
  command: 'commandFailing',
  report: 'reportFailing',
};

const UNKNOWN_AFTER_SECONDS = 24 * 3_600;

/** Why an operator should look now: the most urgent of all reasons. */
export function attentionOf(state: ClaimState, now: string): Attention {
  const reasons = new Set([...askingOf(state, now), ...failingOf(state)]);
  return ATTENTIONS.find((attention) => reasons.has(attention)) ?? 'none';
}

function failingOf(state: ClaimState): Attention[] {
  return Object.entries(state.lanes).flatMap(([name, { failure }]) => {
    if (failure === null) return [];
    return [failure.kind === 'credentials' ? 'credentials' : LANE_ATTENTION[name as LaneName]];
  });
}

function askingOf(state: ClaimState, now: string): Attention[] {
  if (state.closed !== null) return state.questions.length === 0 ? [] : ['contradiction'];
  const blocks = readDecision(state).proposals.map(({ block }) => block);
  const progresses = state.resolutions.map(({ progress }) => progress);
  const reasons: [boolean, Attention][] = [
    [state.questions.length > 0 || blocks.includes('contradiction'), 'contradiction'],
    [progresses.some((progress) => progress.state === 'contested'), 'contradiction'],
    [blocks.includes('unknownResolution'), 'unknownResolution'],
    [progresses.some((progress) => progress.state === 'declined'), 'declined'],
    [blocks.includes('operator'), 'unconfirmed'],
    [state.decision !== null && blocks.includes('confirming') && now >= unconfirmedAt(state.decision), 'unconfirmed'],
    [progresses.some((progress) => progress.state === 'answered' && progress.reportByHand !== null), 'reportFailing'],
    [state.resolutions.some((one) => isOwed(one) && now >= one.dueAt), 'overdue'],
    [state.hold !== null, 'held'],
    [isInformed(state) && !isIncomplete(state) && !isKnown(identityOf(state)) && state.klaim === null, 'noCustomer'],
    [isUnknown(state) && now >= unknownAt(state), 'unknownClaim'],
  ];
  return reasons.flatMap(([applies, attention]) => (applies ? [attention] : []));
}

/** Whether the brand was told and has not answered. */
function isOwed({ progress }: Resolution): boolean {
  return progress.state === 'commanded' && progress.sentAt !== null;
}

/** Whether the source has said what it knows. */
function isInformed(state: ClaimState): boolean {
  const ways = waysOf(state);
  return state.reading !== null || (ways !== null && !ways.isRead);
}

/** Never found at its source; or no longer, while something is still expected of it. */
function isUnknown(state: ClaimState): boolean {
  return isIncomplete(state) || (typeof state.reading?.missingSince === 'string' && !isAtRest(state));
}

/** When a claim that its source does not know asks for an operator. */
function unknownAt(state: ClaimState): string {
  return later(
    isIncomplete(state) ? state.startedAt : (state.reading?.missingSince ?? state.startedAt),
    UNKNOWN_AFTER_SECONDS,
  );
}

/** The times by which somebody owes the claim something: an answer of the brand, a confirmation, its being known at all. */
export function deadlinesOf(state: ClaimState): string[] {
  const { decision } = state;
  const confirming = readDecision(state).proposals.some(({ block }) => block === 'confirming');
  return [
    ...(isUnknown(state) ? [unknownAt(state)] : []),
    ...(decision !== null && confirming ? [unconfirmedAt(decision)] : []),
    ...state.resolutions.filter(isOwed).map(({ dueAt }) => dueAt),
  ];
}
