import { z } from 'zod';

import { customerKeys, kobjectKeys } from './keys';
import { createKlass, klassNamed } from './klasses';
import { describedAll, STANDARD_RESOURCES } from './metadata';
import { Property } from './metadata-body';
import { SYNC_ROLES } from './roles';
import type { ApiKey, Org } from './state';
import { Table } from './table';
import { keyOf, nextId, timestamp, type World } from './world';

/** An org, a key of it and, with `properties`, a Klass that has these attributes already. Seeding again changes only what is named. */
export const OrgSeed = z.strictObject({
  org: z.string().default('acme'),
  apiKey: z.string().regex(/^\S+$/).default('kustomer-key-acme'),
  roles: z.array(z.string()).optional(),
  klass: z.string().default('klaim'),
  properties: z.record(z.string(), Property).optional(),
  /** The budget of all keys of the org; Kustomer's Enterprise plan has 1,000. */
  requestsPerMinute: z.int().positive().optional(),
});
export type OrgSeed = z.input<typeof OrgSeed>;

export function seedOrg(world: World, seed: z.output<typeof OrgSeed>): void {
  const org = world.state.orgs.find(({ name }) => name === seed.org) ?? newOrg(world, seed.org);
  org.requestsPerMinute = seed.requestsPerMinute ?? org.requestsPerMinute;
  if (seed.properties !== undefined) {
    if (klassNamed(org, seed.klass) === undefined)
      createKlass(world, org, { name: seed.klass, displayName: 'Klaim', icon: 'shield' });
    const resource = `kobject.${seed.klass}`;
    org.metadata[resource] = { ...org.metadata[resource], ...describedAll(seed.properties) };
  }
  const key = keyOf(world, seed.apiKey);
  if (key === undefined) addKey(world, { org: seed.org, apiKey: seed.apiKey, roles: seed.roles });
  else if (seed.roles !== undefined) key.roles.splice(0, Infinity, ...seed.roles);
}

function newOrg(world: World, name: string): Org {
  const org: Org = {
    id: nextId(world),
    name,
    requestsPerMinute: 1_000,
    klasses: [],
    metadata: Object.fromEntries(STANDARD_RESOURCES.map((resource) => [resource, {}])),
    customers: new Table(customerKeys),
    kobjects: new Table(kobjectKeys),
    merges: [],
    writes: [],
  };
  world.state.orgs.push(org);
  return org;
}

export const KeySeed = z.strictObject({
  org: z.string(),
  apiKey: z.string().regex(/^\S+$/),
  roles: z.array(z.string()).optional(),
  /** Another than `prod1` belongs to another region: 401. */
  pod: z.string().default('prod1'),
});
export type KeySeed = z.input<typeof KeySeed>;

export function addKey(world: World, seed: KeySeed): ApiKey {
  const id = nextId(world);
  const key: ApiKey = {
    id,
    key: seed.apiKey,
    org: seed.org,
    name: `Key ${seed.apiKey.slice(-4)}`,
    roles: [...(seed.roles ?? SYNC_ROLES)],
    createdAt: timestamp(world),
    revoked: false,
    pod: seed.pod ?? 'prod1',
  };
  world.state.keys.push(key);
  return key;
}
