import { ownerKey } from './keys';
import { removeKObject } from './kobject-write';
import type { Org } from './state';
import type { World } from './world';

/** What becomes of the KObjects is not documented; our choice: they go with the customer. */
export function removeCustomer(world: World, org: Org, by: string, id: string): void {
  org.customers.delete(id);
  for (const kobject of org.kobjects.find(ownerKey(id))) removeKObject(world, org, by, kobject);
}
