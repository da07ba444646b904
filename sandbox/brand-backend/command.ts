import { z } from 'zod';

const Money = z.strictObject({
  amount: z.string().regex(/^\d+(\.\d+)?$/, 'is no decimal'),
  currency: z.string().length(3),
});
const Text = z.string().optional();
const Address = z.strictObject({
  name: Text,
  phone: Text,
  address1: Text,
  address2: Text,
  city: Text,
  state: Text,
  zip: Text,
  country: Text,
});
const Order = z.strictObject({ sourceOrderId: z.string().nullable(), number: z.string().nullable() });

const Resolution = z.strictObject({
  brand: z.string(),
  claimId: z.string(),
  resolutionId: z.string(),
  kind: z.enum(['refund', 'reship']),
  order: Order,
  items: z.array(
    z.strictObject({
      lineItemId: Text,
      productId: Text,
      variantId: Text,
      sku: Text,
      title: Text,
      quantity: z.int().nonnegative().optional(),
    }),
  ),
  amount: Money.nullable(),
  shippingAddress: Address.nullable(),
  unconfirmedAddress: Address.nullable(),
  answer: z.strictObject({ method: z.literal('PUT'), url: z.url() }),
  dueAt: z.iso.datetime(),
});
export type Resolution = z.output<typeof Resolution>;

const of = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.strictObject({ type: z.literal(type), timestamp: z.iso.datetime(), data });
const Premium = z.strictObject({ brand: z.string(), eventId: z.string(), order: Order, amount: Money });

/** What Claimkeeper sends to a brand, read by a brand that tolerates nothing that the contract does not name. */
export const Command = z.discriminatedUnion('type', [
  of('resolution.requested', Resolution),
  of('resolution.reminder', Resolution),
  of('resolution.withdrawn', Resolution),
  of('claim.escalated', z.strictObject({ brand: z.string(), claimId: z.string(), resolutions: z.array(Resolution) })),
  of('protection.added', Premium),
  of('protection.removed', Premium),
]);
export type Command = z.output<typeof Command>;

/** The `webhook-id` that the contract gives each type. */
export function idFits(id: string, { type, data }: Command): boolean {
  switch (type) {
    case 'resolution.requested':
      return id === data.resolutionId;
    case 'resolution.reminder':
      return new RegExp(`^${data.resolutionId}\\.reminder\\.\\d+$`).test(id);
    case 'resolution.withdrawn':
      return id === `${data.resolutionId}.withdrawn`;
    case 'claim.escalated':
      return id.startsWith(`${data.claimId}.escalated.`);
    case 'protection.added':
    case 'protection.removed':
      return id.startsWith('prot_');
  }
}
