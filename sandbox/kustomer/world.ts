import type { KustomerSettings } from './settings';
import type { ApiKey, KustomerState, Org, Write } from './state';
import type { Windows } from '../http/windows';

/** Everything a handler acts on. */
export interface World {
  readonly state: KustomerState;
  settings: KustomerSettings;
  readonly windows: Windows;
  readonly now: () => number;
  /** Are told of each write, as it happens. */
  readonly watchers: Set<(write: Write) => void>;
}

export const timestamp = (world: World): string => new Date(world.now()).toISOString();

/** The next id, 24 hex characters like Kustomer's; a later one is greater. */
export function nextId(world: World): string {
  world.state.counter += 1;
  return `68f0${world.state.counter.toString(16).padStart(20, '0')}`;
}

/** Throws when there is no such org: what drives the simulator named a wrong one. */
export function orgNamed(world: World, name: string): Org {
  const org = world.state.orgs.find((each) => each.name === name);
  if (org === undefined) throw new Error(`no org ${name} in the Kustomer simulator: seed it first`);
  return org;
}

export const keyOf = (world: World, token: string): ApiKey | undefined =>
  world.state.keys.find(({ key }) => key === token);
