import type { Random } from '../http/random';
import type { KarlaSettings } from './settings';
import type { Claim, KarlaState, Shop } from './state';

/** Everything an act works on. */
export interface World {
  readonly state: KarlaState;
  settings: KarlaSettings;
  readonly random: Random;
  readonly now: () => number;
}

export const timestamp = (world: World): string => new Date(world.now()).toISOString();

export function nextNumber(world: World): number {
  world.state.counter += 1;
  return world.state.counter;
}

/** A UUID that counts up. */
export const nextUuid = (world: World): string =>
  `5d0c2f1e-0000-4000-8000-${nextNumber(world).toString(16).padStart(12, '0')}`;

/** Throws when none was seeded. */
export function shopOf({ state: { shop } }: World): Shop {
  if (shop === null) throw new Error('no shop in the Karla simulator: seed one first');
  return shop;
}

/** Throws when there is none. */
export function claimOf({ state: { claims } }: World, claimId: string): Claim {
  const claim = claims.find((each) => each.claimId === claimId);
  if (claim === undefined) throw new Error(`no claim ${claimId} in the Karla simulator`);
  return claim;
}
