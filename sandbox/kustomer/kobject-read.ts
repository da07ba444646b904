import type { Reply } from '../http/route';
import type { Call } from './call';
import { customerOf } from './customer-find';
import { notFound } from './errors';
import { page, single, sorted } from './json-api';
import { klassKey, ownerKey } from './keys';
import { klassById, klassView } from './klasses';
import { kobjectView } from './kobject-view';
import { refuseKlass, withExternalId } from './kobject-write';
import { opens, ROLES } from './roles';
import type { KObject, Version } from './state';

/** The KObject of the path; throws 404, also for one of another Klass. */
export function kobjectOf({ org, param }: Call): KObject {
  refuseKlass(org, param('klass'), false);
  const kobject = org.kobjects.get(param('id'));
  if (kobject?.klass !== param('klass')) throw notFound('id');
  return kobject;
}

/** The oldest of several. With a lag, what was there then: the reader may not see its own writes. */
export function kobjectByExternalId({ world, org, param }: Call): Reply {
  refuseKlass(org, param('klass'), false);
  const lag = world.settings.readLagMs;
  const seenUntil = new Date(world.now() - lag).toISOString();
  const visible = ({ current, earlier }: KObject): Version | undefined =>
    lag === 0 ? current : [...earlier, current].findLast(({ updatedAt }) => updatedAt <= seenUntil);
  for (const kobject of withExternalId(org, param('klass'), param('externalId'))) {
    const version = visible(kobject);
    if (version !== undefined) return single(kobjectView(world, org, kobject, version));
  }
  throw notFound('externalId');
}

function list({ world, org, query }: Call, path: string, kept: KObject[]): Reply {
  const since = query['fromDate'] ?? '';
  const dated = kept
    .map((kobject) => ({ ...kobject, updatedAt: kobject.current.updatedAt }))
    .filter(({ updatedAt }) => updatedAt >= since);
  return page(
    path,
    query,
    sorted(dated, query['sort']).map((kobject) => kobjectView(world, org, kobject)),
  );
}

/** One path for two things: a Klass by its id, or the KObjects of a Klass by its name. */
export function klassOrItsKObjects(call: Call): Reply {
  const { org, param, key } = call;
  const klass = klassById(org, param('klass'));
  if (klass !== undefined && opens(key.roles, ROLES.klassRead)) return single(klassView(org, klass));
  refuseKlass(org, param('klass'), false);
  const kept = org.kobjects.find(klassKey(param('klass')));
  return list(call, `/v1/klasses/${param('klass')}`, kept);
}

export function kobjectsOfCustomer(call: Call): Reply {
  const [id, klass] = [call.param('customerId'), call.param('klass')];
  customerOf(call.org, id);
  refuseKlass(call.org, klass, false);
  const kept = call.org.kobjects.find(ownerKey(id)).filter((kobject) => kobject.klass === klass);
  return list(call, `/v1/customers/${id}/klasses/${klass}`, kept);
}
