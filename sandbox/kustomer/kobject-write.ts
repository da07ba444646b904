import { checkCustom, written } from './custom-attributes';
import { KustomerError, notFound } from './errors';
import { klaimKey } from './keys';
import { klassNamed } from './klasses';
import type { KObjectBody, KObjectFields, KObjectUpdateBody } from './kobject-body';
import type { KObject, Org, Write } from './state';
import { nextId, timestamp, type World } from './world';

/** Enough for the longest lag of a read under the limit of updates. */
const KEPT_VERSIONS = 10;
const RECENT_ITEMS = 10;

function record(world: World, org: Org, kobject: KObject, write: Pick<Write, 'what' | 'by' | 'body'>): void {
  const { id: kobjectId, klass, current } = kobject;
  const entry = { at: timestamp(world), klass, kobjectId, externalId: current.fields.externalId, ...write };
  org.writes.push(entry);
  for (const watcher of world.watchers) watcher(entry);
}

/** Throws 404 for a Klass that is not there and, for a write, 400 for a disabled one. */
export function refuseKlass(org: Org, name: string, writing: boolean): void {
  const klass = klassNamed(org, name);
  if (klass === undefined) throw notFound('klass');
  if (writing && klass.fields.status === 'disabled')
    throw new KustomerError(400, `The Klass ${name} is disabled.`, { parameter: 'klass' });
}

export function createKObject(world: World, org: Org, by: string, klass: string, body: KObjectBody): KObject {
  const { customer: customerId, company: companyId, createdAt, importedAt, ...fields } = body;
  const owner = customerId === undefined ? undefined : org.customers.get(customerId);
  if (customerId !== undefined && owner === undefined) throw notFound('customer');
  refuseKlass(org, klass, true);
  checkCustom(org, `kobject.${klass}`, fields.custom ?? {});
  const taken = fields.externalId !== undefined && withExternalId(org, klass, fields.externalId).length > 0;
  if (taken && world.settings.duplicateExternalId === 'conflict') {
    throw new KustomerError(409, 'Conflict', { parameter: 'externalId' });
  }
  const now = timestamp(world);
  const current = { fields: { ...fields, custom: written({}, fields.custom, 'merge') }, rev: 1, updatedAt: now };
  const kobject: KObject = {
    id: nextId(world),
    klass,
    createdAt: createdAt ?? now,
    importedAt,
    customerId,
    companyId,
    current,
    earlier: [],
  };
  org.kobjects.put(kobject);
  if (owner !== undefined) {
    owner.updatedAt = now;
    owner.lastActivityAt = now;
    owner.recentItems = [kobject.id, ...owner.recentItems].slice(0, RECENT_ITEMS);
  }
  record(world, org, kobject, { what: 'create', by, body });
  return kobject;
}

/** Partial at the top level; `custom` merged or replaced by the settings; a `rev` that is not the current one is 409. */
export function updateKObject(world: World, org: Org, by: string, kobject: KObject, body: KObjectUpdateBody): void {
  const { rev, createdAt = kobject.createdAt, importedAt = kobject.importedAt, custom, ...sent } = body;
  const { current, klass } = kobject;
  refuseKlass(org, klass, true);
  checkCustom(org, `kobject.${klass}`, custom ?? {});
  if (rev !== undefined && rev !== current.rev) throw new KustomerError(409, 'Conflict', { parameter: 'rev' });
  const said = Object.entries(sent).filter(([, value]) => value !== undefined);
  const fields: KObjectFields = {
    ...current.fields,
    ...Object.fromEntries(said),
    custom: written(current.fields.custom ?? {}, custom, world.settings.custom),
  };
  kobject.earlier = [...kobject.earlier, current].slice(-KEPT_VERSIONS);
  Object.assign(kobject, { createdAt, importedAt });
  kobject.current = { fields, rev: current.rev + 1, updatedAt: timestamp(world) };
  org.kobjects.put(kobject);
  record(world, org, kobject, { what: 'update', by, body });
}

export function removeKObject(world: World, org: Org, by: string, kobject: KObject): void {
  org.kobjects.delete(kobject.id);
  record(world, org, kobject, { what: 'delete', by, body: null });
}

/** What agents can do in the UI and REST cannot. */
export function moveKObject(world: World, org: Org, by: string, kobject: KObject, customerId: string): void {
  kobject.customerId = customerId;
  org.kobjects.put(kobject);
  record(world, org, kobject, { what: 'move', by, body: { customer: customerId } });
}

/** All live KObjects of a Klass with this external id, oldest first. */
export const withExternalId = (org: Org, klass: string, externalId: string): KObject[] =>
  org.kobjects
    .find(klaimKey(klass, externalId))
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id));
