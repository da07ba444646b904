import { z } from 'zod';

import { action } from '../http/control';
import { Raw, ReleaseOrder } from './by-hand';
import { ClaimSpec } from './desk-claims';
import { OrderSpec } from './desk-orders';
import { StoreSeed, type OrderProtectionMethods } from './methods';
import { ResolutionSpec } from './resolution';
import { OrderProtectionChange } from './settings';

const Nothing = z.strictObject({});
const OfClaim = z.strictObject({ claimId: z.string() });
const OfAnyClaim = OfClaim.partial();
const Resolutions = z.array(ResolutionSpec).min(1).optional();
const Premium = z.strictObject({ orderId: z.string(), amount: z.number(), currency: z.string().length(3).optional() });

/** The simulator's methods for another process: `POST /_control/{name}` with these inputs. */
export const orderProtectionActions = (op: OrderProtectionMethods) => ({
  seedStore: action(StoreSeed, (seed) => op.seedStore(seed)),
  revokeToken: action(z.strictObject({ store: z.string().optional() }), ({ store }) => op.revokeToken(store)),
  configure: action(OrderProtectionChange, (change) => op.configure(change)),
  createOrder: action(OrderSpec, (order) => op.createOrder(order)),
  fileClaim: action(ClaimSpec, (claim) => op.fileClaim(claim)),
  postMessage: action(
    OfClaim.extend({ text: z.string(), sender: z.string().optional(), medias: z.array(z.string()).optional() }),
    ({ claimId, text, sender, medias }) => op.postMessage(claimId, text, sender, medias),
  ),
  approve: action(OfClaim.extend({ resolutions: Resolutions }), ({ claimId, resolutions }) =>
    op.approve(claimId, resolutions),
  ),
  deny: action(OfClaim.extend({ reasons: z.array(z.string()).optional() }), ({ claimId, reasons }) =>
    op.deny(claimId, reasons),
  ),
  setState: action(OfClaim.extend({ state: z.string() }), ({ claimId, state }) => op.setState(claimId, state)),
  addProtection: action(Premium, ({ orderId, amount, currency }) => op.addProtection(orderId, amount, currency)),
  removeProtection: action(Premium, ({ orderId, amount, currency }) => op.removeProtection(orderId, amount, currency)),
  sendForged: action(OfClaim.extend({ resolutions: Resolutions }), ({ claimId, resolutions }) =>
    op.sendForged(claimId, resolutions),
  ),
  sendWebhook: action(Raw, (raw) => op.sendWebhook(raw)),
  releaseWebhooks: action(z.strictObject({ order: ReleaseOrder.optional() }), ({ order }) => op.releaseWebhooks(order)),
  deliveries: action(OfAnyClaim, ({ claimId }) => op.deliveries(claimId)),
  claims: action(Nothing, () => op.claims()),
  orders: action(Nothing, () => op.orders()),
  reports: action(OfAnyClaim, ({ claimId }) => op.reports(claimId)),
});
export type OrderProtectionActions = ReturnType<typeof orderProtectionActions>;
