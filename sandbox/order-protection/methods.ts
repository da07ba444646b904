import { z } from 'zod';

import type { Desk } from './desk';
import { fileClaim, postMessage, setState, type ClaimSpec } from './desk-claims';
import { approve, deny, forgeApproval } from './desk-decisions';
import { createOrder, protect, type OrderSpec } from './desk-orders';
import type { ResolutionSpec } from './resolution';
import { OrderProtectionSettings, type OrderProtectionChange } from './settings';
import { releaseWebhooks, sendWebhook, type Raw, type ReleaseOrder } from './by-hand';
import type { Claim, Delivery, Order, Report } from './state';
import { storeOf } from './world';

/** A store of Order Protection. Seeding again changes only what is named. */
export const StoreSeed = z.strictObject({
  store: z.string().default('store_1'),
  apiToken: z.string().regex(/^\S+$/).default('op-token'),
  webhook: z
    .strictObject({
      url: z.url(),
      secret: z.string(),
      dialect: z.enum(['reference', 'developer']).default('reference'),
    })
    .optional(),
});
export type StoreSeed = z.input<typeof StoreSeed>;

/** What a test or a demo can do to the simulator and ask of it. Each act is saved, and its webhook on its way, when its promise resolves. */
export interface OrderProtectionMethods {
  seedStore(seed?: StoreSeed): Promise<void>;
  /** From now on the store's token is answered 401. */
  revokeToken(store?: string): Promise<void>;
  /** Chooses between behaviours; what is left out stays. */
  configure(change: OrderProtectionChange): Promise<void>;

  /** Returns the order's `sourceOrderId`. */
  createOrder(order?: OrderSpec): Promise<string>;
  /** Returns the claim's id. */
  fileClaim(claim?: ClaimSpec): Promise<string>;
  postMessage(claimId: string, text: string, sender?: string, medias?: readonly string[]): Promise<void>;
  /** A full refund of the claimed items unless said otherwise. */
  approve(claimId: string, resolutions?: readonly ResolutionSpec[]): Promise<void>;
  deny(claimId: string, reasons?: readonly string[]): Promise<void>;
  /** Silent: nothing is pushed. */
  setState(claimId: string, state: string): Promise<void>;
  /** `orderId` is either id of the order. */
  addProtection(orderId: string, amount: number, currency?: string): Promise<void>;
  removeProtection(orderId: string, amount: number, currency?: string): Promise<void>;
  /** Sends an approval that REST does not confirm. */
  sendForged(claimId: string, resolutions?: readonly ResolutionSpec[]): Promise<void>;
  /** Sends any body, JSON or not, with the store's secret or another. */
  sendWebhook(raw: Raw): Promise<void>;
  /** Sends what `holdWebhooks` kept back, one after the other; resolves when each has been answered once. */
  releaseWebhooks(order?: ReleaseOrder): Promise<void>;

  deliveries(claimId?: string): Delivery[];
  claims(): Claim[];
  orders(): Order[];
  /** Every report that reached a claim, refused ones included. */
  reports(claimId?: string): Report[];
}

export function orderProtectionMethods(desk: Desk, commit: () => Promise<void>): OrderProtectionMethods {
  const { world } = desk;
  const { state } = world;
  const about = <T extends { claimId: string | null }>(items: T[], claimId?: string): T[] =>
    items.filter((item) => claimId === undefined || item.claimId === claimId);
  const committed = async <T>(result: T): Promise<T> => {
    await commit();
    return result;
  };
  return {
    seedStore: async (seed = {}) => {
      const { store: id, apiToken, webhook } = StoreSeed.parse(seed);
      const store = state.stores.find((each) => each.id === id) ?? { id, apiToken, revoked: false, webhook: null };
      if (!state.stores.includes(store)) state.stores.push(store);
      Object.assign(store, { apiToken, revoked: false, webhook: webhook ?? store.webhook });
      await commit();
    },
    revokeToken: async (store) => {
      storeOf(world, store).revoked = true;
      await commit();
    },
    configure: async (change) => {
      world.settings = OrderProtectionSettings.parse({ ...world.settings, ...change });
      await commit();
    },
    createOrder: async (order = {}) => committed(createOrder(desk, order).sourceOrderId),
    fileClaim: async (claim = {}) => committed(fileClaim(desk, claim).id),
    postMessage: async (claimId, text, sender, medias = []) =>
      committed(postMessage(desk, claimId, { text, sender, medias })),
    approve: async (claimId, resolutions = [{}]) => committed(approve(desk, claimId, resolutions)),
    deny: async (claimId, reasons = ['NO_RESPONSE']) => committed(deny(desk, claimId, reasons)),
    setState: async (claimId, to) => committed(setState(desk, claimId, to)),
    addProtection: async (orderId, amount, currency) =>
      committed(protect(desk, { topic: 'protection.added', orderId, amount, currency })),
    removeProtection: async (orderId, amount, currency) =>
      committed(protect(desk, { topic: 'protection.removed', orderId, amount, currency })),
    sendForged: async (claimId, resolutions = [{}]) => committed(forgeApproval(desk, claimId, resolutions)),
    sendWebhook: async (raw) => committed(sendWebhook(desk, raw)),
    releaseWebhooks: async (order = 'asSent') => releaseWebhooks(desk, order),
    deliveries: (claimId) => about(state.deliveries, claimId),
    claims: () => state.claims.map(({ claim }) => claim),
    orders: () => state.orders,
    reports: (claimId) => about(state.reports, claimId),
  };
}
