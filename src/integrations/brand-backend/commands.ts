import { z } from 'zod';

/** The bodies of what a brand's backend is told: a public contract, so they are strict and every part of them is always there. */

const money = z.strictObject({
  amount: z.string().meta({ description: 'Decimal, in major units', example: '28.62' }),
  currency: z.string().meta({ description: 'ISO 4217', example: 'USD' }),
});

const text = z.string().exactOptional();

const item = z.strictObject({
  lineItemId: text.meta({ description: 'The line of the order to act on' }),
  productId: text,
  variantId: text,
  sku: text,
  title: text,
  quantity: z.number().int().exactOptional(),
});

const address = z.strictObject({
  name: text,
  phone: text,
  address1: text,
  address2: text,
  city: text,
  state: text,
  zip: text,
  country: text,
});

const order = z.strictObject({ sourceOrderId: z.string().nullable(), number: z.string().nullable() });

const resolution = z.strictObject({
  brand: z.string(),
  claimId: z.string(),
  resolutionId: z.string(),
  kind: z.string().meta({ description: '`refund` or `reship`' }),
  order,
  items: z.array(item),
  amount: money.nullable().meta({ description: 'Money to pay; null where none is to be paid (a reship)' }),
  shippingAddress: address.nullable().meta({ description: 'Where to send a reship, as the order confirms it' }),
  unconfirmedAddress: address
    .nullable()
    .meta({ description: 'An address that the order does not confirm: check it before use' }),
  answer: z.strictObject({ method: z.literal('PUT'), url: z.string() }),
  dueAt: z.string().meta({ description: 'RFC 3339 UTC; after it the claim is escalated' }),
});

const protection = z.strictObject({
  brand: z.string(),
  eventId: z.string(),
  order,
  amount: money,
});

const timestamp = z.string().meta({ description: 'RFC 3339 UTC' });
const command = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.strictObject({ type: z.literal(type), timestamp, data });

export const resolutionRequested = command('resolution.requested', resolution);
export const resolutionReminder = command('resolution.reminder', resolution);
export const resolutionWithdrawn = command('resolution.withdrawn', resolution);
export const claimEscalated = command(
  'claim.escalated',
  z.strictObject({ brand: z.string(), claimId: z.string(), resolutions: z.array(resolution) }),
);
export const protectionAdded = command('protection.added', protection);
export const protectionRemoved = command('protection.removed', protection);

/** Everything that a brand's backend may be sent, told apart by `type`. */
export const brandCommand = z.discriminatedUnion('type', [
  resolutionRequested,
  resolutionReminder,
  resolutionWithdrawn,
  claimEscalated,
  protectionAdded,
  protectionRemoved,
]);
export type BrandCommand = z.output<typeof brandCommand>;
export type ResolutionRequest = z.output<typeof resolution>;
