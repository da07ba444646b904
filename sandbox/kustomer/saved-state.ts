import { customerKeys, kobjectKeys } from './keys';
import type { Customer, KObject, KustomerState, Org } from './state';
import { Table } from './table';

/** The state as a file holds it: tables are lists of rows. */
interface Saved extends Omit<KustomerState, 'orgs'> {
  readonly orgs: readonly (Omit<Org, 'customers' | 'kobjects'> & { customers: Customer[]; kobjects: KObject[] })[];
}

export const freshState = (): KustomerState => ({ counter: 0, orgs: [], keys: [] });

export const revived = (saved: Saved): KustomerState => ({
  ...saved,
  orgs: saved.orgs.map((org) => ({
    ...org,
    customers: new Table(customerKeys, org.customers),
    kobjects: new Table(kobjectKeys, org.kobjects),
  })),
});
