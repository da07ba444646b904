import type { Call, KustomerRoute } from './call';
import { badParameter, notFound } from './errors';
import { single, type Resource } from './json-api';
import { MetadataBody, suffixOf, TYPES, type Property } from './metadata-body';
import { ROLES } from './roles';
import type { Org } from './state';

/** What has attributes besides the Klasses. */
export const STANDARD_RESOURCES = ['customer', 'company', 'conversation', 'message'] as const;

/** `orderNumberStr` is shown as "Order Number" unless it is told otherwise. */
const titled = (name: string, suffix: string): string =>
  name
    .slice(0, -suffix.length)
    .replace(/([A-Z])/g, ' $1')
    .replace(/^./, (first) => first.toUpperCase())
    .trim();

/** Completes a description as Kustomer does; throws 400 for a name without a suffix and for a type that is not the suffix's. */
export function described(name: string, property: Property): Property {
  const suffix = suffixOf(name);
  if (suffix === undefined)
    throw badParameter(`properties.${name}`, 'ends in no type suffix (Str, Txt, Num, At, Bool, Url, Id, Tree)');
  const type = TYPES[suffix];
  if (property.type !== undefined && property.type !== type)
    throw badParameter(`properties.${name}.type`, `must be ${type}: the suffix decides`);
  if (suffix === 'Id' && property.target === undefined)
    throw badParameter(`properties.${name}.target`, 'is required for an Id');
  return { displayName: titled(name, suffix), ...property, type };
}

export const describedAll = (properties: Record<string, Property>): Record<string, Property> =>
  Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, described(name, property)]));

function known({ org, param }: Call): string {
  const resource = param('resource');
  if (org.metadata[resource] === undefined) throw notFound('resource');
  return resource;
}

const metadataView = (org: Org, resource: string): Resource => ({
  type: 'metadata',
  id: resource,
  attributes: { properties: org.metadata[resource] ?? {} },
  links: { self: `/v1/metadata/${resource}` },
});

function update(call: Call): Resource {
  const resource = known(call);
  const properties = describedAll(call.body(MetadataBody).properties ?? {});
  const before = call.world.settings.metadata === 'merge' ? call.org.metadata[resource] : {};
  call.org.metadata[resource] = { ...before, ...properties };
  return metadataView(call.org, resource);
}

export const metadataRoutes: readonly KustomerRoute[] = [
  {
    method: 'get',
    path: '/v1/metadata/:resource',
    roles: ROLES.metadataRead,
    handle: (call) => single(metadataView(call.org, known(call))),
  },
  {
    method: 'put',
    path: '/v1/metadata/:resource',
    roles: ROLES.metadataUpdate,
    handle: (call) => single(update(call)),
  },
];
