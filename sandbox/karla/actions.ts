import { z } from 'zod';

import { action } from '../http/control';
import { ClaimChange, ClaimSpec, Raw, ShopSeed, type KarlaMethods } from './methods';
import { KarlaChange } from './settings';

const OfClaim = z.strictObject({ claimId: z.string() });

/** The simulator's methods for another process: `POST /_control/{name}` with these inputs. */
export const karlaActions = (karla: KarlaMethods) => ({
  seedShop: action(ShopSeed, (seed) => karla.seedShop(seed)),
  configure: action(KarlaChange, (change) => karla.configure(change)),
  fileClaim: action(ClaimSpec, (claim) => karla.fileClaim(claim)),
  changeClaim: action(ClaimChange.extend(OfClaim.shape), ({ claimId, ...change }) =>
    karla.changeClaim(claimId, change),
  ),
  sendWebhook: action(Raw, (raw) => karla.sendWebhook(raw)),
  releaseWebhooks: action(z.strictObject({ order: z.enum(['asSent', 'reverse']).optional() }), ({ order }) =>
    karla.releaseWebhooks(order),
  ),
  claims: action(z.strictObject({}), () => karla.claims()),
  deliveries: action(OfClaim.partial(), ({ claimId }) => karla.deliveries(claimId)),
});
export type KarlaActions = ReturnType<typeof karlaActions>;
