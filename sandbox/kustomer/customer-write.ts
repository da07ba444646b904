import type { Call } from './call';
import { CustomerBody } from './customer-body';
import { customerOf, refuseTaken } from './customer-find';
import { checkCustom, written } from './custom-attributes';
import { KustomerError } from './errors';
import type { Customer } from './state';
import { nextId, timestamp } from './world';

export function createCustomer({ world, org, body: read }: Call): Customer {
  const body = read(CustomerBody);
  checkCustom(org, 'customer', body.custom ?? {});
  refuseTaken(world, org, body);
  const now = timestamp(world);
  const customer: Customer = {
    id: nextId(world),
    fields: { ...body, custom: written({}, body.custom, 'merge') },
    rev: 1,
    createdAt: body.createdAt ?? now,
    updatedAt: now,
    lastActivityAt: now,
    recentItems: [],
  };
  org.customers.put(customer);
  return customer;
}

/** PATCH, and PUT with or without `?replace=true`. Arrays are replaced, `custom` is merged by key. */
export function updateCustomer({ world, org, key, param, body: read, query }: Call): Customer {
  const customer = customerOf(org, param('id'));
  const { rev, ...body } = read(CustomerBody);
  checkCustom(org, 'customer', body.custom ?? {});
  refuseTaken(world, org, body, customer);
  const { allowed } = world.windows.take(`update ${key.id} ${customer.id}`, world.settings.updatesPerObjectAndMinute);
  if (!allowed) throw new KustomerError(429, 'Too many updates of this object.');
  if (rev !== undefined && rev !== customer.rev) throw new KustomerError(409, 'Conflict', { parameter: 'rev' });
  const before = query['replace'] === 'true' ? {} : customer.fields;
  // Kustomer warns of it on both pages: leaving `company` out unlinks the customer from its company.
  customer.fields = { ...before, company: null, ...body, custom: written(before.custom ?? {}, body.custom, 'merge') };
  customer.rev += 1;
  customer.updatedAt = timestamp(world);
  org.customers.put(customer);
  return customer;
}
