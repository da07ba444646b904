import { kindWord } from './words';
import { each, fields, part, type Fields } from '../wire';

/** Candidates for the readers of src/claims/event.ts, which decide what of them can be read. */

/** An address of an approval or an order; one that says nothing is none. */
export function addressFrom(value: unknown): unknown {
  return part(value, ({ firstName, lastName, address1, address2, city, state, zip, country }) => {
    const name = [firstName, lastName].filter((word) => typeof word === 'string').join(' ');
    const address = { ...(name === '' ? {} : { name }), address1, address2, city, state, zip, country };
    return Object.values(address).every((line) => line === undefined) ? undefined : address;
  });
}

/** A line as webhooks write it. */
export function itemFrom({ itemId, productId, variantId, sku, itemName, quantity }: Fields): unknown {
  return { lineItemId: itemId, productId, variantId, sku, title: itemName, quantity };
}

/**
 * The resolutions as an approval writes them: each with `details` (Order Protection, Claim approved), or one entry per line with
 * nothing else (Order Protection, Developer webhooks), where the lines of one type are one resolution.
 */
export function decisionsFrom(resolutions: unknown): unknown {
  if (!Array.isArray(resolutions)) return resolutions;
  const linesOf = new Map<unknown, unknown[]>();
  return resolutions.flatMap((entry: unknown) => {
    const { type, details, itemId, quantity } = fields(entry);
    if (details !== undefined || itemId === undefined) return [part(entry, decidedFrom)];
    const kind = kindWord(type);
    const line = itemFrom({ itemId, quantity });
    const lines = linesOf.get(kind);
    lines?.push(line);
    if (lines !== undefined) return [];
    linesOf.set(kind, [line]);
    return [{ kind, items: linesOf.get(kind) }];
  });
}

/** A reship's `total_refund_amount` is the value of its goods, so it is no money to pay. */
function decidedFrom({ type, details }: Fields): unknown {
  const kind = kindWord(type);
  const { items, currency, totalRefundAmount, shippingAddress } = fields(details);
  return {
    kind,
    items: each(items, itemFrom),
    amount: kind === 'reship' ? undefined : moneyFrom(totalRefundAmount, currency),
    shippingAddress: addressFrom(shippingAddress),
  };
}

/**
 * A resolution as a read writes it: `resolution` in the list of all claims, `resolutionType` and `paidValue` in the claims of
 * an order (Order Protection, Get claims; Get claims by order). `paidValue` of a reship is the value of its goods.
 */
export function paidFrom({ resolution, resolutionType, paidValue, paidCurrency }: Fields): unknown {
  const kind = kindWord(resolutionType ?? resolution);
  return { kind, amount: kind === 'reship' ? undefined : moneyFrom(paidValue, paidCurrency) };
}

function moneyFrom(amount: unknown, currency: unknown): unknown {
  return amount === undefined ? undefined : { amount, currency };
}
