import { wireItem } from './resolution';
import type { Claim, Order } from './state';
import type { Details, WireItem } from './wire';

/** A decision to be told: a resolution's type, or the reason of a denial, with its details. */
export interface Decided {
  readonly type: string;
  readonly details: Details;
}

/** What happened, in the words of the reference pages. `claimId` says whose claim it is about, if any. */
export interface Happening {
  readonly topic: string;
  readonly claimId: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  /** The thinner body of the developer page, before its keys are put into camel case; without one it is `body`. */
  readonly thin?: Readonly<Record<string, unknown>>;
}

/** Times in webhooks have seconds, unlike those of REST. */
const seconds = (iso: string): string => iso.replace(/\.\d+Z$/, 'Z');
const ids = (claim: Claim) => ({ claim_id: claim.id, order_id: claim.orderId, source_order_id: claim.sourceOrderId });

export const created = (claim: Claim, order: Order): Happening => {
  const items: WireItem[] = claim.items.map(({ itemId, quantity }) => wireItem(order, itemId, quantity));
  const body = {
    ...ids(claim),
    created_at: seconds(claim.createdAt),
    claim_description: claim.description,
    claim_type: claim.type,
    claim_state: claim.state,
    items,
  };
  return { topic: 'claim.created', claimId: claim.id, body };
};

/** `claim.approved` or `claim.denied`. */
export const decided = (topic: string, claim: Claim, resolutions: readonly Decided[]): Happening => ({
  topic,
  claimId: claim.id,
  body: { ...ids(claim), resolutions },
  thin: {
    claim_id: claim.id,
    resolutions: resolutions.flatMap(({ type, details: { items } }) =>
      items.length === 0 ? [{ type }] : items.map(({ item_id, quantity }) => ({ type, item_id, quantity })),
    ),
  },
});

/** A reason stands where an approval has a type; there is no money in it. */
export const denial = (reason: string, currency: string): Decided => ({
  type: reason,
  details: { items: [], currency, shipping_amount: 0, shipping_amount_tax: 0, total_refund_amount: 0 },
});

export const message = (claim: Claim, text: string): Happening => ({
  topic: 'message.created',
  claimId: claim.id,
  body: { ...ids(claim), message: text },
  thin: { claim_id: claim.id, message: text },
});

export const protection = (topic: string, order: Order, amount: number, currency: string): Happening => ({
  topic,
  claimId: null,
  body: { order_id: order.id, source_order_id: order.sourceOrderId, amount, currency },
});
