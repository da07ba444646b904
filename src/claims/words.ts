import { type MatchedBy } from './klaim';

/** How a Klaim names a claim's status. A status without a text is shown as the source wrote it. Order Protection's Kustomer guide, "Fields synced". */
const STATUS_TEXT: Readonly<Record<string, string>> = {
  new: 'New',
  open: 'Open',
  waiting_customer: 'Waiting for customer',
  waiting_brand: 'Waiting for brand',
  waiting_provider: 'Waiting for Order Protection',
  approved: 'Approved',
  denied: 'Denied',
  resolved: 'Resolved',
  closed: 'Closed',
  dismissed: 'Dismissed',
};

const TYPE_TEXT: Readonly<Record<string, string>> = {
  damaged: 'Damaged',
  defective: 'Defective',
  missing_item: 'Missing item',
  wrong_item: 'Wrong item',
  not_received: 'Not received',
  stolen: 'Stolen',
  returned_to_sender: 'Returned to sender',
  tracking_stalled: 'Tracking not moving',
  wrong_address: 'Wrong address',
  return_request: 'Return request',
  dissatisfied: 'Dissatisfied',
  support: 'Support',
  multiple: 'Multiple issues',
};

const RESOLUTION_TEXT: Readonly<Record<string, string>> = {
  refund: 'Refund',
  reship: 'Reship',
  store_credit: 'Store credit',
};

export const statusText = (status: string): string => STATUS_TEXT[status] ?? status;
export const typeText = (type: string): string => TYPE_TEXT[type] ?? type;
export const resolutionText = (kind: string): string => RESOLUTION_TEXT[kind] ?? kind;

const MATCH_TEXT: Readonly<Record<MatchedBy, string>> = {
  operator: 'named by an operator',
  email: "found by the claim's e-mail",
  orderEmail: "found by the order's e-mail, which is not the claim's",
  externalId: 'found by the external id',
  created: 'made for the claim',
  existing: 'where it was found',
};

/** How a claim's customer was found. */
export const matchText = (matchedBy: MatchedBy): string => MATCH_TEXT[matchedBy];

/** A code such as `NO_RESPONSE` as a person reads it: "No response". */
export function spoken(code: string): string {
  const words = code.replaceAll(/[_-]+/g, ' ').trim().toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
