import type { CustomerBody } from './customer-body';
import { KustomerError, notFound } from './errors';
import { emailKey, externalIdKey, externalIdsOf } from './keys';
import type { Customer, Org } from './state';
import type { World } from './world';

/** The customer who has had the key longest. Throws the 404 of a lookup that finds nobody, which names the parameter. */
export function firstWith(org: Org, key: string, parameter: string): Customer {
  const [found] = org.customers.find(key);
  if (found === undefined) throw notFound(parameter);
  return found;
}

/** Throws the 404 of an id that is not there; a customer merged away is not there (our choice). */
export function customerOf(org: Org, id: string): Customer {
  const customer = org.customers.get(id);
  if (customer === undefined) throw notFound('id');
  return customer;
}

/** Throws 409 when somebody else has one of the external ids, or (unless set otherwise) one of the e-mails. */
export function refuseTaken(world: World, org: Org, body: CustomerBody, self?: Customer): void {
  const refuse = (keys: string[], parameter: string): void => {
    const holders = keys.flatMap((key) => org.customers.find(key)).filter((customer) => customer !== self);
    if (holders.length > 0) throw new KustomerError(409, 'Conflict', { parameter });
  };
  refuse(externalIdsOf(body).map(externalIdKey), 'externalId');
  if (world.settings.duplicateEmail === 'accept') return;
  const emails = body.emails ?? [];
  refuse(
    emails.map(({ email }) => emailKey(email)),
    'emails',
  );
}
