import type { CustomerBody } from './customer-body';
import { KustomerError, notFound } from './errors';
import type { Customer, Org } from './state';
import type { World } from './world';

type Matches = (customer: Customer) => boolean;

const folded = (email: string): string => email.trim().toLowerCase();
const digits = (phone: string): string => phone.replace(/\D/g, '');
const externalIdsOf = ({ externalId, externalIds = [] }: CustomerBody): string[] =>
  [externalId ?? [], externalIds.map((entry) => entry.externalId)].flat();

/** Primary e-mails only, in any case. */
export const hasEmail =
  (email: string): Matches =>
  ({ fields }) =>
    (fields.emails ?? []).some((entry) => folded(entry.email) === folded(email));

/** Digits only: stored as sent. */
export const hasPhone =
  (phone: string): Matches =>
  ({ fields }) =>
    (fields.phones ?? []).some((entry) => digits(entry.phone) === digits(phone));

export const hasExternalId =
  (id: string): Matches =>
  ({ fields }) =>
    externalIdsOf(fields).includes(id);

/** Throws the 404 of a lookup that finds nobody, which names the parameter. */
export function firstWith(org: Org, matches: Matches, parameter: string): Customer {
  const found = Object.values(org.customers).find(matches);
  if (found === undefined) throw notFound(parameter);
  return found;
}

/** Throws the 404 of an id that is not there; a customer merged away is not there (our choice). */
export function customerOf(org: Org, id: string): Customer {
  const customer = org.customers[id];
  if (customer === undefined) throw notFound('id');
  return customer;
}

/** Throws 409 when somebody else has one of the external ids, or (unless set otherwise) one of the e-mails. */
export function refuseTaken(world: World, org: Org, body: CustomerBody, self?: Customer): void {
  const others = Object.values(org.customers).filter((customer) => customer !== self);
  const taken = (parameter: string): KustomerError => new KustomerError(409, 'Conflict', { parameter });
  if (externalIdsOf(body).some((id) => others.some(hasExternalId(id)))) throw taken('externalId');
  const emails = world.settings.duplicateEmail === 'conflict' ? (body.emails ?? []) : [];
  if (emails.some(({ email }) => others.some(hasEmail(email)))) throw taken('emails');
}
