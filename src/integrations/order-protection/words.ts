/** Order Protection, Claim created: `claim_state`, and what we call it. Both ways of being resolved are one to us. */
const STATUSES = new Map([
  ['NEW', 'new'],
  ['OPEN', 'open'],
  ['COMMUNICATING', 'open'],
  ['WAITING_FOR_CUSTOMER', 'waiting_customer'],
  ['WAITING_FOR_BRAND', 'waiting_brand'],
  ['WAITING_FOR_OP', 'waiting_provider'],
  ['APPROVED', 'approved'],
  ['DENIED', 'denied'],
  ['RESOLVED', 'resolved'],
  ['RESOLVED_BY_BRAND', 'resolved'],
  ['CLOSED', 'closed'],
  ['ARCHIVED', 'closed'],
  ['DISMISSED', 'dismissed'],
  ['TEMPORARILY_DISMISSED', 'dismissed'],
]);

/** Order Protection, Claim created: `claim_type`; the last two are named by "Create offline claim" only. */
const TYPES = new Map([
  ['DAMAGED', 'damaged'],
  ['DEFECTIVE_ITEM', 'defective'],
  ['MISSING_ITEM', 'missing_item'],
  ['MULTIPLE', 'multiple'],
  ['ORDER_DELIVERED_NOT_RECEIVED', 'not_received'],
  ['RETURNED_TO_SENDER', 'returned_to_sender'],
  ['STOLEN', 'stolen'],
  ['WRONG_ITEM', 'wrong_item'],
  ['TRACKING_NOT_MOVING', 'tracking_stalled'],
  ['WRONG_ADDRESS', 'wrong_address'],
]);

const KINDS = new Map([
  ['REFUND', 'refund'],
  ['RESHIP', 'reship'],
  ['STORE_CREDIT', 'store_credit'],
]);

/** Every enum is open: a word that is in no table is carried in lower case. What is no text passes as it is. */
const wordIn =
  (table: ReadonlyMap<string, string>) =>
  (value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    const word = value.trim();
    return table.get(word.toUpperCase()) ?? word.toLowerCase();
  };

export const statusWord = wordIn(STATUSES);
export const typeWord = wordIn(TYPES);
export const kindWord = wordIn(KINDS);
