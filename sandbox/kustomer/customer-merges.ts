import type { CustomerBody } from './customer-body';
import { MergeBody } from './customer-body';
import type { Call, KustomerRoute } from './call';
import { customerOf } from './customer-find';
import { badParameter, notFound } from './errors';
import { ofOrg, page, related, single, type Resource } from './json-api';
import { ownerKey } from './keys';
import { ROLES } from './roles';
import type { Merge, Org } from './state';
import { nextId, timestamp, type World } from './world';

const customerLink = (id: string) => related('customer', id, `/v1/customers/${id}`);

const mergeView = (org: Org, merge: Merge): Resource => ({
  type: 'customer_merge',
  id: merge.id,
  attributes: { status: 'success', createdAt: merge.createdAt },
  relationships: { org: ofOrg(org), source: customerLink(merge.source), target: customerLink(merge.target) },
  links: { self: `/v1/customers/merges/${merge.id}` },
});

/** Contacts and `custom` are united, the target wins where there is one value (Kustomer, "Merge customers"). */
function united(source: CustomerBody, target: CustomerBody): CustomerBody {
  const both = <Entry>(a: Entry[] = [], b: Entry[] = []): Entry[] => [...a, ...b];
  return {
    ...source,
    ...target,
    emails: both(target.emails, source.emails),
    phones: both(target.phones, source.phones),
    tags: [...new Set(both(target.tags, source.tags))],
    custom: { ...source.custom, ...target.custom },
  };
}

/** For ever: the source is gone, its KObjects keep their ids and belong to the target. */
export function mergeCustomers(
  world: World,
  org: Org,
  { source: from, target: into }: { source: string; target: string },
): Merge {
  if (from === into) throw badParameter('target', 'must be another customer');
  const [source, target] = [customerOf(org, from), customerOf(org, into)];
  org.customers.delete(source.id);
  target.fields = united(source.fields, target.fields);
  target.rev += 1;
  target.updatedAt = timestamp(world);
  org.customers.put(target);
  for (const kobject of org.kobjects.find(ownerKey(source.id))) {
    kobject.customerId = target.id;
    org.kobjects.put(kobject);
  }
  const merge: Merge = { id: nextId(world), source: source.id, target: target.id, createdAt: timestamp(world) };
  org.merges.push(merge);
  return merge;
}

function byId({ org, param }: Call): Merge {
  const merge = org.merges.find(({ id }) => id === param('id'));
  if (merge === undefined) throw notFound('id');
  return merge;
}

/** The merges of a customer, asked by the id of either side: how an id that has become invalid is resolved. */
const ofCustomer = ({ org, param }: Call): Resource[] =>
  org.merges
    .filter(({ source, target }) => [source, target].includes(param('id')))
    .map((merge) => mergeView(org, merge));

export const mergeRoutes: readonly KustomerRoute[] = [
  {
    method: 'post',
    path: '/v1/customers/merges',
    roles: ROLES.mergeCreate,
    handle: (call) => single(mergeView(call.org, mergeCustomers(call.world, call.org, call.body(MergeBody))), 201),
  },
  {
    method: 'get',
    path: '/v1/customers/merges/:id',
    roles: ROLES.mergeRead,
    handle: (call) => single(mergeView(call.org, byId(call))),
  },
  {
    method: 'get',
    path: '/v1/customers/:id/merges',
    roles: ROLES.mergeRead,
    handle: (call) => page(`/v1/customers/${call.param('id')}/merges`, call.query, ofCustomer(call)),
  },
];
