import { z } from 'zod';

/** The bodies of what a brand's backend is told: a public contract, so they are strict and every part of them is always there. */

/** Money, here and in all that the API answers. */
export const money = z
  .strictObject({
    amount: z.string().meta({ description: 'Decimal, in major units', example: '28.62' }),
    currency: z.string().meta({ description: 'ISO 4217', example: 'USD' }),
  })
  .meta({ id: 'Money' });

const text = z.string().exactOptional();

const item = z
  .strictObject({
    lineItemId: text.meta({ description: 'The line of the order to act on', example: 'li-9001' }),
    productId: text,
    variantId: text,
    sku: text.meta({ example: 'KTL-BLU' }),
    title: text.meta({ example: 'Kettle, blue' }),
    quantity: z.number().int().exactOptional().meta({ example: 1 }),
  })
  .meta({ id: 'Item' });

const address = z
  .strictObject({
    name: text,
    phone: text,
    address1: text,
    address2: text,
    city: text,
    state: text,
    zip: text,
    country: text,
  })
  .meta({ id: 'Address' });

const order = z.strictObject({
  sourceOrderId: z.string().nullable().meta({ description: "The shop's own order id", example: 'BR-20417' }),
  number: z.string().nullable().meta({ description: 'What the customer calls it', example: '#20417' }),
});

const brand = z.string().meta({ example: 'acme' });
const claimId = z.string().meta({ description: "The source's own id", example: 'cmxk3v8q2' });
const time = z.string().meta({ description: 'RFC 3339 UTC', example: '2026-03-02T09:14:07Z' });

const resolution = z
  .strictObject({
    brand,
    claimId,
    resolutionId: z.string().meta({ example: 'res_9f0c2a417be05d11' }),
    kind: z.string().meta({ description: '`refund` or `reship`', example: 'refund' }),
    order,
    items: z.array(item),
    amount: money.nullable().meta({ description: 'Money to pay; null where none is to be paid (a reship)' }),
    shippingAddress: address.nullable().meta({ description: 'Where to send a reship, as the order confirms it' }),
    unconfirmedAddress: address
      .nullable()
      .meta({ description: 'An address that the order does not confirm: check it before use' }),
    answer: z
      .strictObject({
        method: z.literal('PUT'),
        url: z.string().meta({
          example: 'https://claims.example/v1/brands/acme/claims/cmxk3v8q2/resolutions/res_9f0c2a417be05d11',
        }),
      })
      .meta({ description: 'Where to say what was done' }),
    dueAt: time.meta({ description: 'After it the claim is escalated', example: '2026-03-05T09:14:07Z' }),
  })
  .meta({ id: 'ResolutionRequest' });

const protection = z.strictObject({ brand, eventId: z.string(), order, amount: money });

const command = <Type extends string, Data extends z.ZodType>(type: Type, description: string, data: Data) =>
  z.strictObject({ type: z.literal(type), timestamp: time, data }).meta({ description });

export const resolutionRequested = command('resolution.requested', 'Refund or reship, once per webhook-id', resolution);
export const resolutionReminder = command('resolution.reminder', 'No answer yet: the request once more', resolution);
export const resolutionWithdrawn = command(
  'resolution.withdrawn',
  'Do not act on this request; if you already have, answer as usual',
  resolution,
);
export const claimEscalated = command(
  'claim.escalated',
  'The answers to these requests are overdue',
  z.strictObject({ brand, claimId, resolutions: z.array(resolution) }),
);
export const protectionAdded = command('protection.added', 'Bill the customer for protection', protection);
export const protectionRemoved = command('protection.removed', 'Give the premium back', protection);

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
