import type { Reply } from '../http/route';
import type { Call, KustomerRoute } from './call';
import { KustomerError } from './errors';
import { noContent, single } from './json-api';
import { KObjectBody, KObjectUpdateBody } from './kobject-body';
import { klassOrItsKObjects, kobjectByExternalId, kobjectOf, kobjectsOfCustomer } from './kobject-read';
import { kobjectView } from './kobject-view';
import { createKObject, removeKObject, updateKObject } from './kobject-write';
import { ROLES } from './roles';
import type { KObject } from './state';

const show = ({ world, org }: Call, kobject: KObject, status = 200): Reply =>
  single(kobjectView(world, org, kobject), status);

function create(call: Call, customer: string | undefined): Reply {
  const { world, org, key, param } = call;
  const body = call.body(KObjectBody);
  const owner = customer ?? body.customer;
  // Beyond the limit per customer 429, while the org's budget is still positive; imported KObjects do not count.
  if (owner !== undefined && body.importedAt === undefined) {
    const { allowed } = world.windows.take(`create ${key.id} ${owner}`, world.settings.createsPerCustomerAndMinute);
    if (!allowed) throw new KustomerError(429, 'Too many creates for this customer.');
  }
  return show(call, createKObject(world, org, key.name, param('klass'), { ...body, customer: owner }), 201);
}

function update(call: Call): Reply {
  const { world, org, key } = call;
  const kobject = kobjectOf(call);
  const body = call.body(KObjectUpdateBody);
  const { allowed } = world.windows.take(`update ${key.id} ${kobject.id}`, world.settings.updatesPerObjectAndMinute);
  if (!allowed) throw new KustomerError(429, 'Too many updates of this object.');
  updateKObject(world, org, key.name, kobject, body);
  return show(call, kobject);
}

function remove(call: Call): Reply {
  removeKObject(call.world, call.org, call.key.name, kobjectOf(call));
  return noContent;
}

const OF_KLASS = '/v1/klasses/:klass';
const OF_CUSTOMER = '/v1/customers/:customerId/klasses/:klass';

export const kobjectRoutes: readonly KustomerRoute[] = [
  { method: 'get', path: OF_KLASS, roles: ROLES.kobjectList, handle: klassOrItsKObjects },
  { method: 'post', path: OF_KLASS, roles: ROLES.kobjectCreate, handle: (call) => create(call, undefined) },
  { method: 'get', path: `${OF_KLASS}/externalId=:externalId`, roles: ROLES.kobjectRead, handle: kobjectByExternalId },
  { method: 'get', path: `${OF_KLASS}/:id`, roles: ROLES.kobjectRead, handle: (call) => show(call, kobjectOf(call)) },
  { method: 'put', path: `${OF_KLASS}/:id`, roles: ROLES.kobjectUpdate, handle: update },
  { method: 'delete', path: `${OF_KLASS}/:id`, roles: ROLES.kobjectDelete, handle: remove },
  // A role of customers, not of KObjects: Kustomer, "Find customer KObjects".
  { method: 'get', path: OF_CUSTOMER, roles: ROLES.customerRead, handle: kobjectsOfCustomer },
  {
    method: 'post',
    path: OF_CUSTOMER,
    roles: ROLES.kobjectCreate,
    handle: (call) => create(call, call.param('customerId')),
  },
];
