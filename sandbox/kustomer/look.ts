import type { CustomerBody } from './customer-body';
import type { KObjectFields } from './kobject-body';
import type { Write } from './state';
import type { World } from './world';

/** A live KObject in plain words. */
export interface SeenKlaim extends KObjectFields {
  readonly org: string;
  readonly id: string;
  readonly customerId: string | undefined;
  readonly custom: Record<string, unknown>;
  readonly rev: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface SeenCustomer extends Omit<CustomerBody, 'createdAt' | 'rev'> {
  readonly org: string;
  readonly id: string;
  readonly rev: number;
  readonly createdAt: string;
}

/** All live KObjects of every Klass and org, or those with this external id, oldest first. */
export const klaims = ({ state }: World, externalId?: string): SeenKlaim[] =>
  state.orgs.flatMap((org) =>
    org.kobjects
      .all()
      .filter(({ current }) => externalId === undefined || current.fields.externalId === externalId)
      .map(({ id, customerId, createdAt, current: { fields, rev, updatedAt } }) => ({
        ...fields,
        custom: fields.custom ?? {},
        org: org.name,
        id,
        customerId,
        rev,
        createdAt,
        updatedAt,
      })),
  );

export const customers = ({ state }: World): SeenCustomer[] =>
  state.orgs.flatMap((org) =>
    org.customers.all().map(({ id, fields, rev, createdAt }) => ({
      ...fields,
      org: org.name,
      id,
      rev,
      createdAt,
    })),
  );

/** Every change of KObjects, oldest first, of all or of one external id. */
export const writes = ({ state }: World, externalId?: string): Write[] =>
  state.orgs.flatMap((org) =>
    org.writes.filter((write) => externalId === undefined || write.externalId === externalId),
  );
