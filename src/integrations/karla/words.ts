import { openWords } from '../open-words';

/** Karla's `status` in our words. A claim that is `pending` is new when it is filed and open when it comes again. */
const DECIDED = { accepted: 'approved', rejected: 'denied' } as const;
export const statusAtFiling = openWords({ ...DECIDED, pending: 'new' });
export const statusLater = openWords({ ...DECIDED, pending: 'open' });

/** Karla's `reason`, an open list: Karla's own receiver is tested with `damaged`, which is not in its published enum. The last five are not published. */
export const typeWord = openWords({
  damage: 'damaged',
  partial_damage: 'damaged',
  damaged: 'damaged',
  investigation: 'not_received',
  return: 'return_request',
  support: 'support',
  missing_product: 'missing_item',
  wrong_product: 'wrong_item',
  dissatisfied: 'dissatisfied',
});

/** How much is damaged, for the reasons that say so. */
export const damageOf = (reason: unknown): string | undefined =>
  reason === 'damage' ? 'full' : reason === 'partial_damage' ? 'partial' : undefined;

/** Karla's `resolution_preference`: what the customer asks for and, once the claim is accepted, what was granted. */
export const kindWord = openWords({
  refund: 'refund',
  reorder: 'reship',
  replacement: 'reship',
  voucher: 'store_credit',
});
