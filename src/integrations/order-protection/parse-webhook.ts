import { isClaimId, readClaimEvent, type EventKind, type EventReading } from '../../claims/event';
import { type ProtectionEvent } from '../../claims/protection';
import { cut, identifier, time } from '../../claims/reading';
import { decisionsFrom, itemFrom } from './candidates';
import { dedupeKey } from './dedupe-key';
import { readProtection } from './protection';
import { type WebhookReading } from '../webhook';
import { each, fields, isObject, type Fields } from '../wire';
import { statusWord, typeWord } from './words';

/** What a topic tells of its claim: the kind of event, and its fields. Approvals and denials carry no state: the topic is the state. */
interface ClaimTopic {
  kind: EventKind;
  claim: (body: Fields, occurredAt: string) => Fields;
}

/** Order Protection, Webhooks: there are these six topics, and none for resolved, closed or waiting. */
const CLAIM_TOPICS = new Map<string, ClaimTopic>([
  ['claim.created', { kind: 'created', claim: filing }],
  [
    'claim.approved',
    {
      kind: 'approved',
      claim: ({ resolutions }) => ({ status: 'approved', resolutions: decisionsFrom(resolutions) }),
    },
  ],
  [
    'claim.denied',
    { kind: 'denied', claim: ({ resolutions }) => ({ status: 'denied', denialReasons: reasonsIn(resolutions) }) },
  ],
  [
    'message.created',
    {
      kind: 'message',
      claim: ({ message }, at) => (message === undefined ? {} : { messages: [{ text: message, at }] }),
    },
  ],
]);
const PROTECTION_TOPICS = new Map<string, ProtectionEvent['action']>([
  ['protection.added', 'added'],
  ['protection.removed', 'removed'],
]);

const TOPIC_LIMIT = 100;

/**
 * Reads a webhook of either dialect: dot or slash topics, snake or camel keys, with or without event id and time. Never throws:
 * a part that cannot be read is left out and named in `unreadable`, and what cannot be used at all says why in plain words.
 * `receivedAt` stands in for a missing time and bounds one from the future.
 */
export function parseWebhook(value: unknown, receivedAt: string): WebhookReading {
  const envelope = fields(value);
  const topic = topicIn(envelope);
  const unreadable: string[] = [];
  const occurredAt = timeOf(envelope, receivedAt, unreadable);
  if (topic === null || !isObject(envelope.body)) {
    const reason = topic === null ? 'there is no topic' : 'the body is no object';
    return { kind: 'unusable', topic, dedupeKey: dedupeKey(topic, null, value), reason };
  }
  const key = dedupeKey(topic, envelope.id, envelope.body);
  const body = fields(envelope.body);
  const action = PROTECTION_TOPICS.get(topic);
  const about = CLAIM_TOPICS.get(topic);
  if (action !== undefined) {
    const protection = readProtection(body, { action, occurredAt, key });
    if (typeof protection === 'string') return { kind: 'unusable', topic, dedupeKey: key, reason: protection };
    return { kind: 'protection', topic, dedupeKey: key, protection };
  }
  const reading =
    about === undefined
      ? { ok: false as const, reason: `the topic "${topic}" is not known` }
      : readClaim(about, body, key, occurredAt);
  if (!reading.ok) return { kind: 'unusable', topic, dedupeKey: key, reason: reading.reason };
  const { event } = reading;
  return {
    kind: 'claimEvent',
    topic,
    dedupeKey: key,
    claimId: event.claim.id,
    event,
    unreadable: [...unreadable, ...reading.unreadable],
  };
}

function readClaim({ kind, claim }: ClaimTopic, body: Fields, eventKey: string, occurredAt: string): EventReading {
  if (body.claimId === undefined) return { ok: false, reason: 'there is no claim id' };
  const claimId = identifier(body.claimId, 'claim_id', []);
  if (claimId === undefined || !isClaimId(claimId))
    return { ok: false, reason: 'the claim id is no text of 1 to 180 bytes without control characters' };
  return readClaimEvent({
    eventKey,
    source: 'order-protection',
    kind,
    occurredAt,
    claim: { id: claimId, ...claim(body, occurredAt) },
    order: { id: body.orderId, sourceOrderId: body.sourceOrderId },
  });
}

function filing({ claimState, claimType, claimDescription, createdAt, items }: Fields): Fields {
  return {
    status: statusWord(claimState),
    type: typeWord(claimType),
    description: claimDescription,
    createdAt,
    items: each(items, itemFrom),
  };
}

/** The reasons as Order Protection codes them (`NO_RESPONSE`), one per entry. */
function reasonsIn(resolutions: unknown): unknown {
  return Array.isArray(resolutions) ? resolutions.map((entry: unknown) => fields(entry).type ?? entry) : resolutions;
}

function topicIn({ topic }: Fields): string | null {
  if (typeof topic !== 'string') return null;
  const word = topic
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
    .toLowerCase()
    .replaceAll('/', '.');
  return word === '' ? null : cut(word, TOPIC_LIMIT);
}

function timeOf({ createdAt }: Fields, receivedAt: string, unreadable: string[]): string {
  const stated = time(createdAt, 'created_at', unreadable);
  const received = new Date(receivedAt).toISOString();
  return stated === undefined || stated > received ? received : stated;
}
