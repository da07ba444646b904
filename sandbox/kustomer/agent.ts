import { z } from 'zod';

import { mergeCustomers } from './customer-merges';
import { removeCustomer } from './customer-remove';
import { KObjectUpdateBody } from './kobject-body';
import { moveKObject, removeKObject, updateKObject } from './kobject-write';
import type { KObject, Org } from './state';
import { nextId, timestamp, type World } from './world';

/** What support agents do in Kustomer's UI, behind the back of whoever syncs. Ids are those of the KObject. */
export const Move = z.strictObject({ id: z.string(), customerId: z.string() });
export const Edit = z.strictObject({ id: z.string(), changes: KObjectUpdateBody });
export const NewCustomer = z.strictObject({
  org: z.string().optional(),
  name: z.string().optional(),
  email: z.string(),
});

const AGENT = 'agent';

export function moveKlaim(world: World, { id, customerId }: z.output<typeof Move>): void {
  const { org, kobject } = located(world, id);
  if (org.customers.get(customerId) === undefined) throw new Error(`no customer ${customerId} in org ${org.name}`);
  moveKObject(world, org, AGENT, kobject, customerId);
}

export function editKlaim(world: World, { id, changes }: z.output<typeof Edit>): void {
  const { org, kobject } = located(world, id);
  updateKObject(world, org, AGENT, kobject, changes);
}

export function deleteKlaim(world: World, id: string): void {
  const { org, kobject } = located(world, id);
  removeKObject(world, org, AGENT, kobject);
}

/** As when somebody writes in for the first time. Returns the new customer's id. */
export function addCustomer(world: World, { org: name, email, ...rest }: z.output<typeof NewCustomer>): string {
  const org = world.state.orgs.find((each) => each.name === name) ?? firstOrg(world);
  const now = timestamp(world);
  const id = nextId(world);
  org.customers.put({
    id,
    fields: { ...rest, emails: [{ email }] },
    rev: 1,
    createdAt: now,
    updatedAt: now,
    lastActivityAt: now,
    recentItems: [],
  });
  return id;
}

export function merge(world: World, source: string, target: string): void {
  mergeCustomers(world, orgOf(world, source), { source, target });
}

export function deleteCustomer(world: World, id: string): void {
  removeCustomer(world, orgOf(world, id), AGENT, id);
}

const orgOf = (world: World, customerId: string): Org =>
  world.state.orgs.find(({ customers }) => customers.get(customerId) !== undefined) ?? firstOrg(world);

function located(world: World, id: string): { org: Org; kobject: KObject } {
  for (const org of world.state.orgs) {
    const kobject = org.kobjects.get(id);
    if (kobject !== undefined) return { org, kobject };
  }
  throw new Error(`no KObject ${id} in the Kustomer simulator`);
}

function firstOrg({ state: { orgs } }: World): Org {
  const [org] = orgs;
  if (org === undefined) throw new Error('the Kustomer simulator has no org: seed one first');
  return org;
}
