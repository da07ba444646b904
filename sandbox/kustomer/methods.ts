import type { z } from 'zod';

import * as agent from './agent';
import { customers, klaims, writes, type SeenCustomer, type SeenKlaim } from './look';
import { addKey, KeySeed, OrgSeed, seedOrg } from './seed';
import { KustomerSettings, type KustomerChange } from './settings';
import type { Write } from './state';
import { keyOf, orgNamed, type World } from './world';

/** What a test or a demo can do to the simulator and ask of it. Each act is saved when its promise resolves. */
export interface KustomerMethods {
  /** Makes an org with a key and, when told its attributes, the Klass `klaim`; again, it changes only what is named. */
  seedOrg(seed?: OrgSeed): Promise<void>;
  /** One more key of an org: roles cannot be changed, so this is also how a key is replaced. */
  addKey(seed: KeySeed): Promise<void>;
  revokeKey(apiKey: string): Promise<void>;
  /** Chooses between behaviours; what is left out stays. */
  configure(change: KustomerChange): Promise<void>;
  /** Another integration of the brand uses up so much of the org's budget in this minute. */
  drainBudget(org: string, requests: number): Promise<void>;

  klaims(externalId?: string): SeenKlaim[];
  customers(): SeenCustomer[];
  writes(externalId?: string): Write[];
  /** Tells of each write from now on, in any org, as it happens. What it returns ends that. */
  watch(watcher: (write: Write) => void): () => void;

  moveKlaim(move: z.input<typeof agent.Move>): Promise<void>;
  editKlaim(edit: z.input<typeof agent.Edit>): Promise<void>;
  deleteKlaim(id: string): Promise<void>;
  /** A customer appears, as when somebody writes in. Returns its id. */
  addCustomer(customer: z.input<typeof agent.NewCustomer>): Promise<string>;
  mergeCustomers(source: string, target: string): Promise<void>;
  /** The customer and their KObjects are gone. */
  deleteCustomer(id: string): Promise<void>;
}

export function kustomerMethods(world: World, save: () => Promise<void>): KustomerMethods {
  return {
    seedOrg: async (seed = {}) => {
      seedOrg(world, OrgSeed.parse(seed));
      await save();
    },
    addKey: async (seed) => {
      addKey(world, KeySeed.parse(seed));
      await save();
    },
    revokeKey: async (apiKey) => {
      const key = keyOf(world, apiKey);
      if (key !== undefined) key.revoked = true;
      await save();
    },
    configure: async (change) => {
      world.settings = KustomerSettings.parse({ ...world.settings, ...change });
      await save();
    },
    drainBudget: async (name, requests) => {
      const { requestsPerMinute } = orgNamed(world, name);
      world.windows.take(`org ${name}`, Infinity, Math.min(requests, requestsPerMinute));
      await save();
    },
    klaims: (externalId) => klaims(world, externalId),
    customers: () => customers(world),
    writes: (externalId) => writes(world, externalId),
    watch: (watcher) => {
      world.watchers.add(watcher);
      return () => void world.watchers.delete(watcher);
    },
    moveKlaim: async (move) => {
      agent.moveKlaim(world, move);
      await save();
    },
    editKlaim: async (edit) => {
      agent.editKlaim(world, edit);
      await save();
    },
    deleteKlaim: async (id) => {
      agent.deleteKlaim(world, id);
      await save();
    },
    addCustomer: async (customer) => {
      const id = agent.addCustomer(world, customer);
      await save();
      return id;
    },
    mergeCustomers: async (source, target) => {
      agent.merge(world, source, target);
      await save();
    },
    deleteCustomer: async (id) => {
      agent.deleteCustomer(world, id);
      await save();
    },
  };
}
