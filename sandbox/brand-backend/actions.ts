import { z } from 'zod';

import { action } from '../http/control';
import { Credentials, type BrandBackendMethods } from './methods';
import { Policy } from './state';

const Nothing = z.strictObject({});
const OfClaim = z.strictObject({ claimId: z.string().optional() });
const OfResolution = z.strictObject({ resolutionId: z.string().optional() });

/** The simulator's methods for another process: `POST /_control/{name}` with these inputs. */
export const brandBackendActions = (brand: BrandBackendMethods) => ({
  configure: action(Credentials, (credentials) => brand.configure(credentials)),
  setPolicy: action(Policy.extend({ claimId: z.string().optional() }), ({ claimId, ...policy }) =>
    brand.setPolicy(policy, claimId),
  ),
  answer: action(z.strictObject({ resolutionId: z.string(), body: z.unknown() }), ({ resolutionId, body }) =>
    brand.answer(resolutionId, body),
  ),
  deliveries: action(Nothing, () => brand.deliveries()),
  commands: action(OfClaim, ({ claimId }) => brand.commands(claimId)),
  acted: action(Nothing, () => brand.acted()),
  callbacks: action(OfResolution, ({ resolutionId }) => brand.callbacks(resolutionId)),
});
export type BrandBackendActions = ReturnType<typeof brandBackendActions>;
