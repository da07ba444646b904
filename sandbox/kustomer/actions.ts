import { z } from 'zod';

import { action } from '../http/control';
import { Edit, Move, NewCustomer } from './agent';
import type { KustomerMethods } from './methods';
import { KeySeed, OrgSeed } from './seed';
import { KustomerChange } from './settings';

const OfExternalId = z.strictObject({ externalId: z.string().optional() });

/** The simulator's methods for another process: `POST /_control/{name}` with these inputs. */
export const kustomerActions = (kustomer: KustomerMethods) => ({
  seedOrg: action(OrgSeed, (seed) => kustomer.seedOrg(seed)),
  addKey: action(KeySeed, (seed) => kustomer.addKey(seed)),
  revokeKey: action(z.strictObject({ apiKey: z.string() }), ({ apiKey }) => kustomer.revokeKey(apiKey)),
  configure: action(KustomerChange, (change) => kustomer.configure(change)),
  drainBudget: action(z.strictObject({ org: z.string(), requests: z.int().positive() }), ({ org, requests }) =>
    kustomer.drainBudget(org, requests),
  ),
  klaims: action(OfExternalId, ({ externalId }) => kustomer.klaims(externalId)),
  customers: action(z.strictObject({}), () => kustomer.customers()),
  writes: action(OfExternalId, ({ externalId }) => kustomer.writes(externalId)),
  moveKlaim: action(Move, (move) => kustomer.moveKlaim(move)),
  editKlaim: action(Edit, (edit) => kustomer.editKlaim(edit)),
  deleteKlaim: action(z.strictObject({ id: z.string() }), ({ id }) => kustomer.deleteKlaim(id)),
  addCustomer: action(NewCustomer, (customer) => kustomer.addCustomer(customer)),
  mergeCustomers: action(z.strictObject({ source: z.string(), target: z.string() }), ({ source, target }) =>
    kustomer.mergeCustomers(source, target),
  ),
  deleteCustomer: action(z.strictObject({ id: z.string() }), ({ id }) => kustomer.deleteCustomer(id)),
});
export type KustomerActions = ReturnType<typeof kustomerActions>;
