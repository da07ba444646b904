import { decide, isDecision } from './decide';
import { type ClaimEvent, type ClaimFields } from './event';
import { merge, RANK, type Stamp } from './facts';
import { type Lane } from './lane';
import { waysOf } from './sources';
import { type ClaimState, type HeardMessage } from './state';
import { addEntry } from './timeline';

/** How many keys of undecided events, and messages not yet in a thread, a claim carries. */
const EVENT_KEYS_LIMIT = 500;
const UNREAD_LIMIT = 100;
const HEARD_LIMIT = 30;

/**
 * Takes in an event. Any order and any repetition of a set of events gives the same state: every statement competes by its own
 * time, never by its arrival. `now` bounds an event's time, so that nothing from the future wins for ever.
 */
export function hear(state: ClaimState, event: ClaimEvent, unreadable: readonly string[], now: string): ClaimState {
  if (state.source !== null && event.source !== state.source)
    return refuse(state, `event of ${event.source}, but this is a claim of ${state.source}`, now);
  if (hasHeard(state, event.eventKey)) return state;
  const at = event.occurredAt < now ? event.occurredAt : now;
  const remembered = remember({ ...state, source: event.source }, event, at);
  const informed = {
    ...remembered,
    facts: mergeFacts(remembered, event, at),
    heard: hearMessages(remembered, event, at),
  };
  const decided = decide(informed, event, { at, now, before: state });
  return {
    ...decided,
    filed: decided.filed || event.kind === 'created',
    changedAt: now,
    lanes: {
      source: awake(decided.lanes.source),
      klaim: awake(decided.lanes.klaim),
      command: awake(decided.lanes.command),
      report: awake(decided.lanes.report),
    },
    timeline: addEntry(decided.timeline, {
      at,
      what: describe(event, unreadable),
      by: event.source,
      key: event.eventKey,
    }),
  };
}

/** Keeps what could not be taken as a line of the timeline: nothing is lost, nothing is done. */
export function refuse(state: ClaimState, reason: string, now: string): ClaimState {
  return { ...state, timeline: addEntry(state.timeline, { at: now, what: `refused: ${reason}`, by: 'claimkeeper' }) };
}

function hasHeard(state: ClaimState, key: string): boolean {
  return state.decisionKeys.includes(key) || state.eventKeys.some((heard) => heard.key === key);
}

function remember(state: ClaimState, event: ClaimEvent, at: string): ClaimState {
  const key = event.eventKey;
  const { decisionKeys, eventKeys } = isDecision(event)
    ? { ...state, decisionKeys: [...state.decisionKeys, key].sort() }
    : { ...state, eventKeys: newest([...state.eventKeys, { key, at }], EVENT_KEYS_LIMIT) };
  const unread = waysOf(state)?.isRead === true ? limited([...state.unread, key].sort(), decisionKeys) : state.unread;
  return { ...state, decisionKeys, eventKeys, unread };
}

/** Keys of decisions stay whatever comes after them: a decision counts as read back once its key is gone. */
function limited(unread: string[], decisionKeys: readonly string[]): string[] {
  const dropped = new Set(unread.filter((key) => !decisionKeys.includes(key)).slice(0, -UNREAD_LIMIT));
  return unread.filter((key) => !dropped.has(key));
}

function newest<T extends { key: string; at: string }>(entries: T[], limit: number): T[] {
  const before = (a: T, b: T): boolean => (a.at === b.at ? a.key < b.key : a.at < b.at);
  return entries.sort((a, b) => (before(a, b) ? -1 : 1)).slice(-limit);
}

/** A filing tells how the claim began, whenever it arrives: its status never takes a claim back to new. */
function mergeFacts(state: ClaimState, event: ClaimEvent, at: string): ClaimState['facts'] {
  const {
    id: _id,
    resolutions: _resolutions,
    denialReasons: _reasons,
    messages: _messages,
    status,
    ...fields
  } = event.claim;
  const stamp: Stamp = { at, rank: rankOf(event), key: event.eventKey };
  const stated = isDecision(event) ? event.kind : status;
  const claim = merge<ClaimFields>(state.facts.claim, fields, stamp);
  const statusStamp = event.kind === 'created' ? { ...stamp, at: '' } : stamp;
  return {
    claim: stated === undefined ? claim : merge(claim, { status: stated }, statusStamp),
    order: merge(state.facts.order, event.order ?? {}, stamp),
    customer: merge(state.facts.customer, event.customer ?? {}, stamp),
  };
}

function rankOf(event: ClaimEvent): number {
  if (event.kind === 'message') return RANK.message;
  return isDecision(event) ? RANK.decision : RANK.filing;
}

function hearMessages(state: ClaimState, event: ClaimEvent, at: string): HeardMessage[] {
  const heard = (event.claim.messages ?? []).map((message, index) => ({
    at,
    ...message,
    key: `${event.eventKey}#${String(index).padStart(3, '0')}`,
  }));
  return newest([...state.heard, ...heard], HEARD_LIMIT);
}

/** News is worth an attempt at once; why the last one failed stays visible until one works. */
function awake(lane: Lane): Lane {
  return { ...lane, attempts: 0, retryAt: null };
}

function describe(event: ClaimEvent, unreadable: readonly string[]): string {
  const left = unreadable.length === 0 ? '' : ` (left out as unreadable: ${unreadable.slice(0, 5).join(', ')})`;
  const kinds = (event.claim.resolutions ?? []).map(({ kind }) => kind).join(' + ');
  const reasons = (event.claim.denialReasons ?? []).join(', ');
  switch (event.kind) {
    case 'created':
      return `filed${left}`;
    case 'updated':
      return `changed${left}`;
    case 'message':
      return `message posted${left}`;
    case 'approved':
      return `approved${kinds === '' ? '' : `: ${kinds}`}${left}`;
    case 'denied':
      return `denied${reasons === '' ? '' : `: ${reasons}`}${left}`;
  }
}
