import { openWords } from '../open-words';

/** Order Protection, Claim created: `claim_state`, and what we call it. Both ways of being resolved are one to us. */
export const statusWord = openWords({
  NEW: 'new',
  OPEN: 'open',
  COMMUNICATING: 'open',
  WAITING_FOR_CUSTOMER: 'waiting_customer',
  WAITING_FOR_BRAND: 'waiting_brand',
  WAITING_FOR_OP: 'waiting_provider',
  APPROVED: 'approved',
  DENIED: 'denied',
  RESOLVED: 'resolved',
  RESOLVED_BY_BRAND: 'resolved',
  CLOSED: 'closed',
  ARCHIVED: 'closed',
  DISMISSED: 'dismissed',
  TEMPORARILY_DISMISSED: 'dismissed',
});

/** Order Protection, Claim created: `claim_type`; the last two are named by "Create offline claim" only. */
export const typeWord = openWords({
  DAMAGED: 'damaged',
  DEFECTIVE_ITEM: 'defective',
  MISSING_ITEM: 'missing_item',
  MULTIPLE: 'multiple',
  ORDER_DELIVERED_NOT_RECEIVED: 'not_received',
  RETURNED_TO_SENDER: 'returned_to_sender',
  STOLEN: 'stolen',
  WRONG_ITEM: 'wrong_item',
  TRACKING_NOT_MOVING: 'tracking_stalled',
  WRONG_ADDRESS: 'wrong_address',
});

/** Order Protection, Claim approved: the `type` of a resolution. */
export const kindWord = openWords({ REFUND: 'refund', RESHIP: 'reship', STORE_CREDIT: 'store_credit' });
