import type { Reply } from '../http/route';
import type { Call, KustomerRoute } from './call';
import { customerOf, firstWith } from './customer-find';
import { removeCustomer } from './customer-remove';
import { customerView } from './customer-view';
import { createCustomer, updateCustomer } from './customer-write';
import { badParameter } from './errors';
import { noContent, page, single, sorted } from './json-api';
import { emailKey, externalIdKey, phoneKey } from './keys';
import { ROLES } from './roles';
import type { Customer } from './state';

const show = (call: Call, customer: Customer, status = 200): Reply => single(customerView(call.org, customer), status);

/** Filters look like `filter[createdAt][gte]=…` (Kustomer, "Get customers"). */
function passes(customer: Customer, name: string, bound: string): boolean {
  const [, field, operator] = /^filter\[(createdAt|updatedAt)\]\[(gt|gte|lt|lte)\]$/.exec(name) ?? [];
  if (field === undefined) return true;
  if (Number.isNaN(Date.parse(bound))) throw badParameter(name, 'is no date-time');
  const after = Date.parse(field === 'createdAt' ? customer.createdAt : customer.updatedAt) - Date.parse(bound);
  if (after === 0) return operator === 'gte' || operator === 'lte';
  return after > 0 ? operator === 'gt' || operator === 'gte' : operator === 'lt' || operator === 'lte';
}

function list({ org, query }: Call): Reply {
  const filters = Object.entries(query);
  const kept = org.customers
    .all()
    .filter((customer) => filters.every(([name, bound]) => passes(customer, name, bound)));
  return page(
    '/v1/customers',
    query,
    sorted(kept, query['sort']).map((customer) => customerView(org, customer)),
  );
}

/** A comma-separated list of ids is answered with an array of those that are there. */
function byId(call: Call): Reply {
  const ids = call.param('id').split(',');
  if (ids.length === 1) return show(call, customerOf(call.org, call.param('id')));
  const found = ids.flatMap((id) => call.org.customers.get(id) ?? []);
  return { status: 200, body: { data: found.map((customer) => customerView(call.org, customer)) } };
}

const lookup = (parameter: string, keyOf: (value: string) => string): KustomerRoute => ({
  method: 'get',
  path: `/v1/customers/${parameter}=:${parameter}`,
  roles: ROLES.customerRead,
  handle: (call) => show(call, firstWith(call.org, keyOf(call.param(parameter)), parameter)),
});

export const customerRoutes: readonly KustomerRoute[] = [
  { method: 'get', path: '/v1/customers', roles: ROLES.customerRead, handle: list },
  {
    method: 'post',
    path: '/v1/customers',
    roles: ROLES.customerCreate,
    handle: (call) => show(call, createCustomer(call), 201),
  },
  lookup('email', emailKey),
  lookup('phone', phoneKey),
  lookup('externalId', externalIdKey),
  { method: 'get', path: '/v1/customers/:id', roles: ROLES.customerRead, handle: byId },
  {
    method: 'patch',
    path: '/v1/customers/:id',
    roles: ROLES.customerUpdate,
    handle: (call) => show(call, updateCustomer(call)),
  },
  {
    method: 'put',
    path: '/v1/customers/:id',
    roles: ROLES.customerUpdate,
    handle: (call) => show(call, updateCustomer(call)),
  },
  {
    method: 'delete',
    path: '/v1/customers/:id',
    roles: ROLES.customerDelete,
    handle: (call) => {
      const { world, org, key, param } = call;
      removeCustomer(world, org, key.name, customerOf(org, param('id')).id);
      return noContent;
    },
  },
];
