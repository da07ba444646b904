import { z } from 'zod';

import { createOrder } from './desk-orders';
import type { Desk } from './desk';
import { created, message } from './events';
import { itemOf } from './resolution';
import type { Claim, Message } from './state';
import { addClaim, changeClaim, claimOf, nextCuid, nextNumber, orderOf, storeOf, timestamp, type World } from './world';

/** A claim as a shopper files it; without an order a new one is made, without items it is about the order's first. */
export const ClaimSpec = z.strictObject({
  store: z.string().optional(),
  claimId: z.string().optional(),
  sourceOrderId: z.string().optional(),
  type: z.string().nullable().default('DAMAGED'),
  description: z.string().nullable().default('The lid is cracked'),
  items: z.array(z.strictObject({ itemId: z.string(), quantity: z.int().positive().default(1) })).optional(),
  email: z.string().optional(),
  name: z.string().optional(),
  requestedResolution: z.string().nullable().default('REFUND'),
  images: z.array(z.string()).default([]),
});
export type ClaimSpec = z.input<typeof ClaimSpec>;

export interface Posted {
  readonly text: string;
  /** `customer`, `brand`, … */
  readonly sender?: string | undefined;
  readonly medias?: readonly string[];
}

const written = (world: World, claim: Claim, { text, sender = 'customer', medias = [] }: Posted): Message => ({
  id: `msg_${nextNumber(world)}`,
  text,
  sender,
  authorName: sender === 'customer' ? claim.authorName : 'Order Protection',
  medias,
  createdAt: timestamp(world),
});

export function fileClaim(desk: Desk, input: ClaimSpec): Claim {
  const { world, webhooks } = desk;
  const spec = ClaimSpec.parse(input);
  const store = storeOf(world, spec.store);
  const order =
    spec.sourceOrderId === undefined
      ? createOrder(desk, { store: store.id })
      : orderOf(world, store, spec.sourceOrderId);
  const [first] = order.fields.orderItems ?? [];
  const items = spec.items ?? (first === undefined ? [] : [{ itemId: first.sourceItemId, quantity: 1 }]);
  for (const { itemId } of items) itemOf(order, itemId);
  const now = timestamp(world);
  const claim: Claim = {
    id: spec.claimId ?? nextCuid(world),
    storeId: store.id,
    orderId: order.id,
    sourceOrderId: order.sourceOrderId,
    authorName: spec.name ?? order.fields.customerName ?? 'Mira Castellan',
    authorEmail: spec.email ?? order.fields.customerEmail ?? 'shopper@example.test',
    description: spec.description,
    type: spec.type,
    requestedResolution: spec.requestedResolution,
    filedFrom: 'EXTERNAL',
    items: items.map((item) => ({ id: `ci_${nextNumber(world)}`, ...item })),
    createdAt: now,
    state: 'NEW',
    updatedAt: now,
    resolutionDate: null,
    messages: [],
    resolutions: [],
  };
  if (spec.images.length > 0)
    claim.messages.push(written(world, claim, { text: 'Photos attached', medias: spec.images }));
  addClaim(world, claim);
  webhooks.emit(store, created(claim, order));
  return claim;
}

export function postMessage({ world, webhooks }: Desk, claimId: string, posted: Posted): void {
  const record = claimOf(world, claimId);
  changeClaim(world, record, (claim) => claim.messages.push(written(world, claim, posted)));
  webhooks.emit(storeOf(world, record.claim.storeId), message(record.claim, posted.text));
}

/** Silent, as every move but approval and denial is; with `systemNotes` a message tells of it. */
export function setState({ world, webhooks }: Desk, claimId: string, state: string): void {
  const record = claimOf(world, claimId);
  changeClaim(world, record, (claim) => {
    claim.state = state;
  });
  if (!world.settings.systemNotes) return;
  webhooks.emit(storeOf(world, record.claim.storeId), message(record.claim, `Claim is now ${state}`));
}
