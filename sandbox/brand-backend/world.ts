import type { BrandBackendState, Policy } from './state';

/** Everything a brand backend acts on. */
export interface World {
  readonly state: BrandBackendState;
  /** Where a claim has none of its own. */
  policy: Policy;
  /** Each is good, so that they can be rotated. */
  signingSecrets: readonly string[];
  /** The token of its callbacks; without one they wait. */
  token: string | null;
  readonly now: () => number;
}

export const timestamp = (world: World): string => new Date(world.now()).toISOString();

export function nextNumber(world: World): number {
  world.state.counter += 1;
  return world.state.counter;
}
