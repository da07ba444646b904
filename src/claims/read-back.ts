import { decideByRead } from './decide';
import { known, merge, RANK } from './facts';
import { identityOf, isKnown } from './identity';
import { afterFruitless, later, READY } from './lane';
import { isAtRest } from './phase';
import { readDecision } from './proposals';
import { type ClaimReading, type FoundClaim } from './source-claim';
import { waysOf } from './sources';
import { type ClaimState } from './state';
import { addEntry } from './timeline';
import { statusText } from './words';

/** Why the source should be read: something was heard since, or the last read did not show what is waited for. */
export type ReadReason = 'news' | 'notFound' | 'behind' | 'confirming' | 'noCustomer';

/** Whether and why a read is due. A source that cannot be read needs none: its events carry enough by themselves. */
export function readReason(state: ClaimState): ReadReason | null {
  if (waysOf(state)?.isRead !== true || state.closed !== null) return null;
  if (state.unread.length > 0 || state.reading === null) return 'news';
  if (!state.reading.claim.found || (state.reading.missingSince !== null && !isAtRest(state))) return 'notFound';
  if (isBehind(state, state.reading.claim)) return 'behind';
  if (readDecision(state).proposals.some(({ block }) => block === 'confirming')) return 'confirming';
  return isKnown(identityOf(state)) || state.klaim !== null ? null : 'noCustomer';
}

/** Whether a read shows the claim as it was before its denial: a source may answer from an older copy of itself. Events tell whole seconds. */
function isBehind({ decision }: ClaimState, { status, updatedAt }: FoundClaim): boolean {
  return decision?.verdict === 'denied' && status !== 'denied' && updatedAt < later(decision.at, 1);
}

/** Takes in what the source said. `covering` are the events heard before the read was started: the read speaks of them. */
export function readBack(state: ClaimState, claim: ClaimReading, covering: readonly string[], now: string): ClaimState {
  const unread = state.unread.filter((key) => !covering.includes(key));
  const informed = claim.found ? decideByRead(inform(state, claim, now), claim, now) : state;
  const heard = state.heard.filter(({ key, text }) => isUnread(unread, key) || !inThread(informed, text));
  const next = {
    ...informed,
    unread,
    heard,
    reading: {
      at: now,
      claim: claim.found || state.reading === null ? claim : state.reading.claim,
      missingSince: claim.found ? null : (state.reading?.missingSince ?? now),
    },
  };
  const reason = readReason(next);
  const lane = reason === null || reason === 'news' ? READY : afterFruitless(state.lanes.source, now);
  return { ...next, lanes: { ...next.lanes, source: lane } };
}

function inform(state: ClaimState, claim: FoundClaim, now: string): ClaimState {
  const stamp = { at: claim.updatedAt, rank: RANK.reading, key: 'reading' };
  const before = known(state.facts.claim).status;
  const facts = {
    claim: merge(state.facts.claim, { ...claim.claim, status: claim.status }, stamp),
    order: merge(state.facts.order, claim.order, stamp),
    customer: merge(state.facts.customer, claim.customer, stamp),
  };
  const status = known(facts.claim).status;
  const changed = JSON.stringify(facts) !== JSON.stringify(state.facts);
  return {
    ...state,
    facts,
    thread: isOlder(state, claim) ? state.thread : claim.messages,
    changedAt: changed ? now : state.changedAt,
    timeline:
      status === undefined || status === before
        ? state.timeline
        : addEntry(state.timeline, {
            at: now,
            what: `read at Order Protection: ${statusText(status)}`,
            by: 'claimkeeper',
          }),
  };
}

/** A source may answer from an older copy of itself. */
function isOlder(state: ClaimState, claim: FoundClaim): boolean {
  return state.reading?.claim.found === true && claim.updatedAt < state.reading.claim.updatedAt;
}

function inThread(state: ClaimState, text: string): boolean {
  return state.thread.some((message) => message.text.trim() === text.trim());
}

function isUnread(unread: readonly string[], messageKey: string): boolean {
  return unread.some((key) => messageKey.startsWith(`${key}#`));
}
