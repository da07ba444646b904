import Big from 'big.js';
import { z } from 'zod';

import { OrderProtectionError } from './errors';
import { Address, type OrderItem } from './order-body';
import type { Claim, Order } from './state';
import type { Details, ResolvedItem, WireAddress, WireItem } from './wire';

/** A decision as it is asked for; what is left out is taken from the claim and its order. */
export const ResolutionSpec = z.strictObject({
  /** REFUND, RESHIP, FLAT_RATE, STORE_CREDIT, or anything else. */
  type: z.string().default('REFUND'),
  items: z
    .array(
      z.strictObject({
        itemId: z.string(),
        quantity: z.int().positive().optional(),
        /** 0 to 100; 100 unless said. */
        percentage: z.number().min(0).max(100).optional(),
        flatAmount: z.number().nonnegative().optional(),
      }),
    )
    .optional(),
  currency: z.string().length(3).optional(),
  shippingAmount: z.number().nonnegative().default(0),
  /** Null leaves the field out, as older copies do. */
  shippingAmountTax: z.number().nonnegative().nullable().default(0),
  totalRefundAmount: z.number().nonnegative().optional(),
  /** Of a RESHIP: the order's unless said; null leaves it out. */
  shippingAddress: Address.omit({ firstName: true, lastName: true }).nullable().optional(),
});
export type ResolutionSpec = z.input<typeof ResolutionSpec>;
type Spec = z.output<typeof ResolutionSpec>;

/** An item of an order in the words of the webhooks. Throws when the order has no such item. */
export function wireItem(order: Order, itemId: string, quantity: number): WireItem {
  const item = itemOf(order, itemId);
  return {
    product_id: item.sourceProductId ?? null,
    variant_id: item.sourceVariantId ?? null,
    sku: item.sku ?? null,
    item_id: itemId,
    item_name: item.productName,
    quantity,
  };
}

export function itemOf(order: Order, itemId: string): OrderItem {
  const item = order.fields.orderItems?.find(({ sourceItemId }) => sourceItemId === itemId);
  if (item === undefined) throw new OrderProtectionError(400, `Order ${order.sourceOrderId} has no item ${itemId}`);
  return item;
}

/** The whole of a decision, with its arithmetic. */
export function detailsOf(spec: Spec, claim: Claim, order: Order): Details {
  const currency = spec.currency ?? order.fields.currency ?? 'USD';
  const chosen = spec.items ?? claim.items.map(({ itemId, quantity }) => ({ itemId, quantity }));
  const items = chosen.map((each) => resolvedItem(spec.type, order, each));
  const address = spec.shippingAddress === undefined ? addressOf(order) : spec.shippingAddress;
  return {
    items,
    currency,
    shipping_amount: spec.shippingAmount,
    ...(spec.shippingAmountTax === null ? {} : { shipping_amount_tax: spec.shippingAmountTax }),
    total_refund_amount: spec.totalRefundAmount ?? total(items, spec, currency),
    ...(spec.type === 'RESHIP' && address !== null ? { shipping_address: address } : {}),
  };
}

function resolvedItem(type: string, order: Order, chosen: NonNullable<Spec['items']>[number]): ResolvedItem {
  const { price, discount = 0, tax = 0, quantity } = itemOf(order, chosen.itemId);
  const flat = type === 'FLAT_RATE';
  return {
    ...wireItem(order, chosen.itemId, chosen.quantity ?? quantity),
    price,
    discount,
    tax,
    resolution_percentage: flat ? null : (chosen.percentage ?? 100),
    resolution_flat_amount: flat ? (chosen.flatAmount ?? price) : null,
  };
}

/** (price - discount + tax) × quantity × percentage, plus shipping and its tax; half up to the currency's digits (ISO 4217). */
function total(items: readonly ResolvedItem[], spec: Spec, currency: string): number {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return items
    .reduce((sum, item) => sum.plus(line(item)), new Big(spec.shippingAmount))
    .plus(spec.shippingAmountTax ?? 0)
    .round(digits, Big.roundHalfUp)
    .toNumber();
}

function line({ price, discount, tax, quantity, resolution_percentage, resolution_flat_amount }: ResolvedItem): Big {
  if (resolution_flat_amount !== null) return new Big(resolution_flat_amount);
  const value = new Big(price).minus(discount).plus(tax).times(quantity);
  return value.times(resolution_percentage ?? 100).div(100);
}

/** Without the name: a webhook's address has none. */
function addressOf({ fields: { address } }: Order): WireAddress | null {
  if (address === undefined) return null;
  const { address1, address2, city, state, zip, country } = address;
  return { address1, address2, city, state, zip, country };
}
