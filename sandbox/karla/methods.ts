import { z } from 'zod';

import { claimEvent } from './events';
import { KarlaSettings, type KarlaChange } from './settings';
import type { Claim, Delivery } from './state';
import type { Webhooks } from './webhooks';
import { claimOf, nextNumber, nextUuid, shopOf, timestamp, type World } from './world';

export const ShopSeed = z.strictObject({
  id: z.string().default('b1a7c0de-0000-4000-8000-000000000042'),
  slug: z.string().default('nordlicht'),
  webhook: z.strictObject({ url: z.url(), secret: z.string() }).optional(),
});

/** A claim as a customer files it in a Resolve flow; what is left out is made up. */
export const ClaimSpec = z.strictObject({
  reason: z.string().default('partial_damage'),
  preference: z.string().nullable().default('refund'),
  description: z.string().nullable().default('Two of six glasses cracked'),
  items: z
    .array(
      z.strictObject({
        sku: z.string().nullable().default(null),
        title: z.string(),
        quantity: z.int().positive().default(1),
        image_urls: z.array(z.string()).default([]),
      }),
    )
    .default([{ sku: 'GLS-6-CLR', title: 'Tumbler set', quantity: 2, image_urls: [] }]),
  images: z.array(z.string()).default(['https://cdn.example.test/claims/a1.jpg']),
  orderNumber: z.string().optional(),
  /** The shop's own id of the order; some events lack it. */
  externalOrderId: z.string().nullable().default(null),
  email: z.string().nullable().default('mira.k@example.test'),
  name: z.string().nullable().default('Mira K.'),
});

/** Any change of a claim; Karla tells of each by `claims/updated`. */
export const ClaimChange = z.strictObject({
  status: z.string().optional(),
  preference: z.string().nullable().optional(),
  description: z.string().optional(),
  images: z.array(z.string()).optional(),
});

/** Any event at all: a body that is no object goes as text. */
export const Raw = z.strictObject({ body: z.unknown(), secret: z.string().nullable().default(null) });

/** What a test or a demo can do to the simulator and ask of it. Each act is saved, and its webhook on its way, when its promise resolves. */
export interface KarlaMethods {
  /** Seeding again changes only what is named. */
  seedShop(seed?: z.input<typeof ShopSeed>): Promise<void>;
  configure(change: KarlaChange): Promise<void>;
  /** Returns the claim's id. */
  fileClaim(claim?: z.input<typeof ClaimSpec>): Promise<string>;
  changeClaim(claimId: string, change: z.input<typeof ClaimChange>): Promise<void>;
  /** Sends any body, with the shop's secret or another. */
  sendWebhook(raw: z.input<typeof Raw>): Promise<void>;
  /** Sends what `holdWebhooks` kept back, in the order of filing or the other way round. */
  releaseWebhooks(order?: 'asSent' | 'reverse'): Promise<void>;
  claims(): Claim[];
  deliveries(claimId?: string): Delivery[];
}

export function karlaMethods(world: World, webhooks: Webhooks, commit: () => Promise<void>): KarlaMethods {
  const { state } = world;
  const tell = async (what: 'created' | 'updated', claim: Claim): Promise<void> => {
    const body = JSON.stringify(claimEvent(world, what, claim));
    webhooks.emit({ ref: `claims/${what}`, claimId: claim.claimId, body, secret: null });
    await commit();
  };
  return {
    seedShop: async (seed = {}) => {
      const { id, slug, webhook } = ShopSeed.parse(seed);
      state.shop = { id, slug, webhook: webhook ?? state.shop?.webhook ?? null };
      await commit();
    },
    configure: async (change) => {
      world.settings = KarlaSettings.parse({ ...world.settings, ...change });
      await commit();
    },
    fileClaim: async (spec = {}) => {
      shopOf(world);
      const { orderNumber, externalOrderId, email, name, ...said } = ClaimSpec.parse(spec);
      const at = timestamp(world);
      const claim: Claim = {
        claimId: nextUuid(world),
        createdAt: at,
        updatedAt: at,
        status: 'pending',
        ...said,
        order: { number: orderNumber ?? String(10_482 + nextNumber(world)), externalId: externalOrderId },
        customer: { email, name },
      };
      state.claims.push(claim);
      await tell('created', claim);
      return claim.claimId;
    },
    changeClaim: async (claimId, change) => {
      const claim = claimOf(world, claimId);
      Object.assign(claim, ClaimChange.parse(change));
      // Each change has a later version.
      claim.updatedAt = new Date(Math.max(world.now(), Date.parse(claim.updatedAt) + 1)).toISOString();
      await tell('updated', claim);
    },
    sendWebhook: async (raw) => {
      const { body, secret } = Raw.parse(raw);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      webhooks.emit({ ref: 'by hand', claimId: null, body: text, secret });
      await commit();
    },
    releaseWebhooks: async (order = 'asSent') => {
      const held = state.deliveries.filter((delivery) => delivery.state === 'held');
      if (order === 'reverse') held.reverse();
      const now = world.now();
      held.forEach((delivery, place) => Object.assign(delivery, { state: 'pending', nextAt: now + place * 20 }));
      await commit();
    },
    claims: () => state.claims,
    deliveries: (claimId) => state.deliveries.filter((one) => claimId === undefined || one.claimId === claimId),
  };
}
