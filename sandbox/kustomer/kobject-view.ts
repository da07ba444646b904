import { ofOrg, present, related, type Resource } from './json-api';
import type { KObject, Org, Version } from './state';
import type { World } from './world';

const MASK = '*****';

/** A KObject as Kustomer's replies show it: the key `link` of `klass` and the plural in `links.self` are its own. */
export function kobjectView(world: World, org: Org, kobject: KObject, version: Version = kobject.current): Resource {
  const { id, klass, customerId, companyId } = kobject;
  const icon = org.klasses.find(({ fields }) => fields.name === klass)?.fields.icon;
  return {
    type: `kobject.${klass}`,
    id,
    attributes: present({
      icon,
      images: [],
      tags: [],
      ...version.fields,
      custom: shown(world, org, klass, version.fields.custom ?? {}),
      createdAt: kobject.createdAt,
      importedAt: kobject.importedAt,
      updatedAt: version.updatedAt,
      rev: version.rev,
      roleGroupVersions: [],
    }),
    relationships: {
      org: ofOrg(org),
      klass: { link: { self: `/v1/klasses/${klass}` }, data: { type: 'klass', id: klass } },
      ...(customerId === undefined ? {} : { customer: related('customer', customerId, `/v1/customers/${customerId}`) }),
      ...(companyId === undefined ? {} : { company: related('company', companyId, `/v1/companies/${companyId}`) }),
    },
    links: { self: `/v1/klasses/${klass}s/${id}` },
  };
}

function shown({ settings }: World, org: Org, klass: string, custom: Record<string, unknown>): Record<string, unknown> {
  if (!settings.maskSensitive) return custom;
  const properties = org.metadata[`kobject.${klass}`] ?? {};
  const masked = (name: string): boolean => properties[name]?.sensitive?.enabled === true;
  return Object.fromEntries(Object.entries(custom).map(([name, value]) => [name, masked(name) ? MASK : value]));
}
