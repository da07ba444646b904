import { between, type Random } from '../http/random';
import type { Windows } from '../http/windows';
import { OrderProtectionError } from './errors';
import type { OrderProtectionSettings } from './settings';
import type { Claim, ClaimRecord, Order, OrderProtectionState, Store } from './state';

/** Everything a handler acts on. */
export interface World {
  readonly state: OrderProtectionState;
  settings: OrderProtectionSettings;
  readonly windows: Windows;
  readonly random: Random;
  readonly seed: number;
  readonly now: () => number;
}

export const timestamp = (world: World): string => new Date(world.now()).toISOString();

export function nextNumber(world: World): number {
  world.state.counter += 1;
  return world.state.counter;
}

/** 25 characters that begin with `cm`, like the cuids of Order Protection; another seed gives other ids. */
export const nextCuid = (world: World): string =>
  `cm${world.seed.toString(36).padStart(9, '0').slice(-9)}${nextNumber(world).toString(36).padStart(14, '0')}`;

/** The store of that id, or the first one. Throws when there is none. */
export function storeOf({ state: { stores } }: World, id?: string): Store {
  const store = id === undefined ? stores[0] : stores.find((each) => each.id === id);
  if (store === undefined) throw new Error(`no store ${id ?? ''} in the Order Protection simulator: seed one first`);
  return store;
}

/** Throws 404 when the store has no such order. */
export function orderOf({ state: { orders } }: World, store: Store, sourceOrderId: string): Order {
  const order = orders.find((each) => each.storeId === store.id && each.sourceOrderId === sourceOrderId);
  if (order === undefined) throw new OrderProtectionError(404, `Order ${sourceOrderId} not found`);
  return order;
}

/** Throws 404 when there is no such claim, or it is another store's. */
export function claimOf({ state: { claims } }: World, claimId: string, store?: Store): ClaimRecord {
  const record = claims.find(({ claim }) => claim.id === claimId);
  if (record === undefined || (store !== undefined && record.claim.storeId !== store.id)) {
    throw new OrderProtectionError(404, `Claim ${claimId} not found`);
  }
  return record;
}

export function addClaim(world: World, claim: Claim): void {
  const record: ClaimRecord = { claim, before: [] };
  remember(world, record, null);
  world.state.claims.push(record);
}

/** Changes a claim; each change has a later `updatedAt`, and REST may go on showing what was before. */
export function changeClaim(world: World, record: ClaimRecord, change: (claim: Claim) => void): void {
  const { claim } = record;
  remember(world, record, claim);
  change(claim);
  claim.updatedAt = new Date(Math.max(world.now(), Date.parse(claim.updatedAt) + 1)).toISOString();
}

function remember(world: World, record: ClaimRecord, claim: Claim | null): void {
  const now = world.now();
  const lag = between(world.random, world.settings.readLagMs);
  record.before = record.before.filter(({ until }) => until > now);
  if (lag > 0) record.before.push({ until: now + lag, claim: structuredClone(claim) });
}

/** What REST shows of a claim now; null while it cannot be read yet. */
export const visible = (world: World, { claim, before }: ClaimRecord): Claim | null => {
  const lagging = before.find(({ until }) => until > world.now());
  return lagging === undefined ? claim : lagging.claim;
};
