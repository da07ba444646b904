import type { Reply } from '../http/route';
import type { Call, KustomerRoute } from './call';
import { KustomerError, notFound } from './errors';
import { noContent, ofOrg, page, present, single, type Resource } from './json-api';
import { klassKey } from './keys';
import { KlassBody, KlassUpdateBody } from './klass-body';
import { ROLES } from './roles';
import type { Klass, Org } from './state';
import { nextId, timestamp, type World } from './world';

export const klassView = (org: Org, { id, fields, createdAt, updatedAt }: Klass): Resource => ({
  type: 'klass',
  id,
  attributes: present({ ...fields, createdAt, updatedAt }),
  relationships: { org: ofOrg(org), kobjects: { links: { self: `/v1/klasses/${fields.name}s` } } },
  links: { self: `/v1/klasses/${id}` },
});

/** Throws what Kustomer answers for a name that is taken (409, or 400 by the settings). */
export function createKlass(world: World, org: Org, body: KlassBody): Klass {
  if (klassNamed(org, body.name) !== undefined)
    throw new KustomerError(world.settings.klassConflict, 'Conflict', { parameter: 'name' });
  const now = timestamp(world);
  const klass: Klass = { id: nextId(world), fields: { status: 'enabled', ...body }, createdAt: now, updatedAt: now };
  org.klasses.push(klass);
  org.metadata[`kobject.${body.name}`] ??= {};
  return klass;
}

export const klassNamed = (org: Org, name: string): Klass | undefined =>
  org.klasses.find(({ fields }) => fields.name === name);
export const klassById = (org: Org, id: string): Klass | undefined => org.klasses.find((klass) => klass.id === id);

/** By id only: a name in this place is not found (our choice). */
function ofPath({ org, param }: Call): Klass {
  const klass = klassById(org, param('klass'));
  if (klass === undefined) throw notFound('id');
  return klass;
}

/** `status=enabled` unless asked otherwise. */
function list({ org, query }: Call): Reply {
  const status = query['status'] ?? 'enabled';
  const kept = org.klasses.filter(
    ({ fields }) => fields.status === status && (query['name'] ?? fields.name) === fields.name,
  );
  return page(
    '/v1/klasses',
    query,
    kept.map((klass) => klassView(org, klass)),
  );
}

function update(call: Call): Klass {
  const klass = ofPath(call);
  klass.fields = { ...klass.fields, ...call.body(KlassUpdateBody) };
  klass.updatedAt = timestamp(call.world);
  return klass;
}

/** Refused while there are KObjects of the Klass. */
function remove(call: Call): Reply {
  const klass = ofPath(call);
  const used = call.org.kobjects.find(klassKey(klass.fields.name)).length > 0;
  if (used) throw new KustomerError(409, 'The Klass has KObjects.', { parameter: 'id' });
  call.org.klasses = call.org.klasses.filter((each) => each !== klass);
  delete call.org.metadata[`kobject.${klass.fields.name}`];
  return noContent;
}

/** `GET /v1/klasses/{klass}` is in kobjects: it takes the id of a Klass, or a name, which lists KObjects. */
export const klassRoutes: readonly KustomerRoute[] = [
  { method: 'get', path: '/v1/klasses', roles: ROLES.klassRead, handle: list },
  // 200, not 201: Kustomer's own OpenAPI says so.
  {
    method: 'post',
    path: '/v1/klasses',
    roles: ROLES.klassCreate,
    handle: (call) => single(klassView(call.org, createKlass(call.world, call.org, call.body(KlassBody)))),
  },
  {
    method: 'put',
    path: '/v1/klasses/:klass',
    roles: ROLES.klassUpdate,
    handle: (call) => single(klassView(call.org, update(call))),
  },
  { method: 'delete', path: '/v1/klasses/:klass', roles: ROLES.klassDelete, handle: remove },
];
