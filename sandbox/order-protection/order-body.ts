import { z } from 'zod';

/** The examples show money as numbers on create and as strings on update: both are taken. */
const Amount = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, 'is no amount')
    .transform(Number),
]);
const Text = z.string().nullable();

const OrderItem = z.strictObject({
  productName: z.string(),
  productUrl: Text.optional(),
  productImage: Text.optional(),
  sku: Text.optional(),
  quantity: z.int().nonnegative(),
  price: Amount,
  discount: Amount.optional(),
  tax: Amount.optional(),
  sourceItemId: z.string(),
  sourceProductId: Text.optional(),
  sourceVariantId: Text.optional(),
  description: Text.optional(),
});

export const Address = z.strictObject({
  firstName: Text.optional(),
  lastName: Text.optional(),
  address1: Text.optional(),
  address2: Text.optional(),
  city: Text.optional(),
  state: Text.optional(),
  zip: Text.optional(),
  country: Text.optional(),
});

const Fields = {
  originalSourceOrderNumber: Text.optional(),
  originalSourceOrderId: Text.optional(),
  sourceOrderNumber: Text.optional(),
  sourceCreatedAt: Text.optional(),
  sourceUpdatedAt: Text.optional(),
  sourceCancelledAt: Text.optional(),
  platformId: z.enum(['shopify', 'woocommerce', 'magento', 'bigcommerce', 'api']).optional(),
  premiumPaid: Amount.optional(),
  premiumCost: Amount.optional(),
  premiumDiscount: Amount.optional(),
  riskLevel: Text.optional(),
  currency: z.string().length(3).optional(),
  total: Amount.optional(),
  subtotal: Amount.optional(),
  tax: Amount.optional(),
  discountTotal: Amount.optional(),
  shippingCost: Amount.optional(),
  shippingCostTax: Amount.optional(),
  customerEmail: Text.optional(),
  customerName: Text.optional(),
  customerPhone: Text.optional(),
  orderItems: z.array(OrderItem).optional(),
  address: Address.optional(),
  tags: Text.optional(),
  fulfillments: z.array(z.looseObject({})).optional(),
};

/** Update order: everything optional; unknown keys are refused (our choice). */
export const OrderBody = z.strictObject(Fields);
/** Create order. */
export const NewOrderBody = OrderBody.extend({ sourceOrderId: z.string().min(1) });

export type OrderBody = z.output<typeof OrderBody>;
export type OrderItem = z.output<typeof OrderItem>;
