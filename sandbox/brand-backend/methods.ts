import { z } from 'zod';

import { actOn } from './act';
import { enqueue, type Callbacks } from './callbacks';
import type { Resolution } from './command';
import { Policy, type Act, type Callback, type Delivery } from './state';
import type { World } from './world';

export const Credentials = z.strictObject({
  signingSecrets: z.array(z.string()).optional(),
  token: z.string().optional(),
});

/** What a test or a demo can do to the simulator and ask of it. */
export interface BrandBackendMethods {
  /** The secrets that commands are signed with, and the token of the callbacks. */
  configure(credentials: z.input<typeof Credentials>): Promise<void>;
  /** How commands of one claim are answered, or of all that have no policy of their own. Holds for those that come from now on. */
  setPolicy(policy: z.input<typeof Policy>, claimId?: string): Promise<void>;
  /**
   * Answers a resolution that was commanded, by any body, and acts as the body says. Resolves with what the first attempt was answered.
   * Throws when no command named the resolution.
   */
  answer(resolutionId: string, body: unknown): Promise<Callback['attempts'][number] | undefined>;

  /** Everything that came to `/commands`, unsigned things too. */
  deliveries(): Delivery[];
  /** Commands that could be read, of all claims or one, repeats included. */
  commands(claimId?: string): Delivery[];
  /** Money and goods that moved: one entry per `webhook-id`. */
  acted(): Act[];
  callbacks(resolutionId?: string): Callback[];
}

export function brandBackendMethods(
  world: World,
  callbacks: Callbacks,
  commit: () => Promise<void>,
): BrandBackendMethods {
  const { state } = world;
  return {
    configure: async (credentials) => {
      const { signingSecrets, token } = Credentials.parse(credentials);
      world.signingSecrets = signingSecrets ?? world.signingSecrets;
      world.token = token ?? world.token;
      await commit();
    },
    setPolicy: async (policy, claimId) => {
      if (claimId === undefined) world.policy = Policy.parse(policy);
      else state.policies[claimId] = Policy.parse(policy);
      await commit();
    },
    answer: async (resolutionId, body) => {
      const resolution = commanded(world, resolutionId);
      actOn(world, resolution, body);
      return callbacks.sendNow(enqueue(world, resolution, body, 0));
    },
    deliveries: () => state.deliveries,
    commands: (claimId) => state.deliveries.filter(({ body }) => body !== null && isAbout(body, claimId)),
    acted: () => state.acts,
    callbacks: (resolutionId) =>
      state.callbacks.filter((callback) => resolutionId === undefined || callback.resolutionId === resolutionId),
  };
}

const isAbout = ({ data }: NonNullable<Delivery['body']>, claimId?: string): boolean =>
  claimId === undefined || ('claimId' in data && data.claimId === claimId);

function commanded({ state }: World, resolutionId: string): Resolution {
  for (const { body } of state.deliveries) {
    if (body?.type === 'resolution.requested' && body.data.resolutionId === resolutionId) return body.data;
  }
  throw new Error(`no command for resolution ${resolutionId} has come to the brand backend simulator`);
}
