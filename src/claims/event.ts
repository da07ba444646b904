import { readMoney } from './money';
import {
  count,
  flag,
  identifier,
  list,
  object,
  oneOf,
  text,
  time,
  UNPRINTABLE,
  type ObjectOf,
  type Read,
} from './reading';
import { SOURCES, type Source } from './sources';
import { isUnreadable } from './unreadable';

/** What an event tells. */
export const EVENT_KINDS = ['created', 'updated', 'message', 'approved', 'denied'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** A claim id travels in workflow ids and is Kustomer's external id: 1–180 bytes, printable, untouched. */
export function isClaimId(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    !UNPRINTABLE.test(value) &&
    new TextEncoder().encode(value).length <= 180
  );
}

const word = text(100);
const line = text(300);

/** One claimed line of the order. `lineItemId` is the line to act on. */
const readItem = object(
  {},
  { lineItemId: identifier, productId: identifier, variantId: identifier, sku: line, title: line, quantity: count },
);
export type Item = Read<typeof readItem>;

const readAddress = object(
  {},
  { name: line, phone: word, address1: line, address2: line, city: line, state: line, zip: word, country: line },
);
export type Address = Read<typeof readAddress>;

/**
 * What was decided for some lines. `kind` is `refund`, `reship` or any other word that the source used (carried, never dropped).
 * `amount` is money to pay: a reship's value of goods is not put here.
 */
const readDecidedResolution = object(
  { kind: word },
  { items: list(readItem, 500), amount: readMoney, shippingAddress: readAddress },
);
export type DecidedResolution = Read<typeof readDecidedResolution>;

const readMessage = object({ text: text(1_000) }, { id: identifier, at: time, author: word });
/** One message of the claim's thread. `author` is `customer`, `brand`, `system` or as the source says. */
export type Message = Read<typeof readMessage>;

const claimFields = {
  status: word,
  type: word,
  number: line,
  description: text(4_000),
  requestedResolution: word,
  createdAt: time,
  damageType: word,
  imageRequired: flag,
  images: list(text(2_000), 200),
  items: list(readItem, 500),
};
const orderFields = { id: identifier, sourceOrderId: identifier, number: line, shippingAddress: readAddress };
const customerFields = {
  email: text(320),
  orderEmail: text(320),
  name: line,
  phone: word,
  externalId: identifier,
  preferredCommunication: word,
};

/** What a source says of a claim. `status` and `type` are the neutral words of docs/claims.md, or the source's own where there is none. */
export type ClaimFields = ObjectOf<Record<never, never>, typeof claimFields>;
const readOrder = object({}, orderFields);
export type OrderFields = Read<typeof readOrder>;
const readCustomer = object({}, customerFields);
export type CustomerFields = Read<typeof readCustomer>;

const readClaim = object(
  { id: identifier },
  {
    ...claimFields,
    resolutions: list(readDecidedResolution, 100),
    denialReasons: list(word, 50),
    messages: list(readMessage, 50),
  },
);

const readEvent = object(
  {
    eventKey: identifier,
    source: oneOf(...(Object.keys(SOURCES) as Source[])),
    kind: oneOf(...EVENT_KINDS),
    occurredAt: time,
    claim: readClaim,
  },
  { order: readOrder, customer: readCustomer },
);

/** Something that happened to a claim at its source. All but the required parts is optional; absent means "not said". */
export type ClaimEvent = Read<typeof readEvent>;

export type EventReading = { ok: true; event: ClaimEvent; unreadable: string[] } | { ok: false; reason: string };

/**
 * Reads whatever a sender put into a signal. Never throws: what is no event is refused with the reason, and a part that
 * cannot be read is left out and named in `unreadable`.
 */
export function readClaimEvent(value: unknown, claimId?: string): EventReading {
  if (isUnreadable(value))
    return { ok: false, reason: `payload with encoding "${value.$unreadable}" cannot be decoded` };
  const unreadable: string[] = [];
  const event = readEvent(value, '', unreadable);
  if (event === undefined)
    return { ok: false, reason: `not a claim event: ${unreadable.join(', ') || 'no object'} missing or unreadable` };
  if (!isClaimId(event.claim.id)) return { ok: false, reason: 'claim.id must be 1 to 180 bytes of printable text' };
  if (claimId !== undefined && event.claim.id !== claimId) return { ok: false, reason: 'claim.id is not this claim' };
  return { ok: true, event, unreadable };
}
