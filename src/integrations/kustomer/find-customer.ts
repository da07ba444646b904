import { hasMark } from '../../claims/identity';
import { type CustomerIdentity, type MatchedBy } from '../../claims/klaim';
import { PartnerError } from '../partner-error';
import { createCustomer, currentCustomer, customerByEmail, customerByExternalId } from './customers';
import { PARTNER } from './failure';
import { leaseKey, newCustomer } from './identity';
import { lookAgain, sendOnce } from './look-again';
import { type Org } from './org';

/** Does the work while nobody else holds the key, waiting for its turn; a holder that dies loses it after `seconds`. */
export type Lease = <T>(key: string, seconds: number, work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

export interface FoundCustomer {
  id: string;
  matchedBy: Exclude<MatchedBy, 'existing'>;
}

/** Longer than an attempt lasts. */
const LEASE_SECONDS = 40;

type LookUp = (org: Org, mark: string) => Promise<string | null>;

/** The customer whom an operator has named, else by the claim's e-mail, the order's, the external id. Never by phone: phones are shared, and pass on. */
export async function findCustomer(org: Org, identity: CustomerIdentity): Promise<FoundCustomer | null> {
  const rungs: [FoundCustomer['matchedBy'], string | null, LookUp][] = [
    ['operator', identity.customerId, currentCustomer],
    ['email', identity.email, customerByEmail],
    ['orderEmail', identity.orderEmail, customerByEmail],
    ['externalId', identity.externalId, customerByExternalId],
  ];
  for (const [matchedBy, mark, lookUp] of rungs) {
    const id = mark === null ? null : await lookUp(org, mark);
    if (id !== null) return { id, matchedBy };
  }
  return null;
}

/**
 * The customer of a normalized identity, created when there is none. @throws PartnerError `rejected` when there is nobody and no mark
 * to create one with, as when the customer whom an operator has named was deleted since.
 */
export async function findOrCreateCustomer(org: Org, lease: Lease, identity: CustomerIdentity): Promise<FoundCustomer> {
  const find = (): Promise<FoundCustomer | null> => findCustomer(org, identity);
  const found = await find();
  if (found !== null) return found;
  if (!hasMark(identity)) throw new PartnerError(PARTNER, 'rejected', nobody(identity));
  return leased(org, lease, identity, async () => (await find()) ?? (await createOnce(org, identity, find)));
}

function nobody({ customerId }: CustomerIdentity): string {
  const named =
    customerId === null ? '' : `customer ${customerId}, whom an operator named, is not in Kustomer any more: `;
  return `${named}there is no Klaim yet, and neither e-mail nor external id of the customer is known`;
}

async function leased<T>(org: Org, lease: Lease, identity: CustomerIdentity, work: () => Promise<T>): Promise<T> {
  try {
    return await lease(leaseKey(org, identity), LEASE_SECONDS, work, org.signal);
  } catch (error) {
    if (error instanceof PartnerError || org.signal?.aborted !== true) throw error;
    const message = 'the attempt ended while somebody else was creating the customer';
    throw new PartnerError(PARTNER, 'unavailable', message, undefined, { cause: error });
  }
}

async function createOnce(
  org: Org,
  identity: CustomerIdentity,
  find: () => Promise<FoundCustomer | null>,
): Promise<FoundCustomer> {
  const result = await sendOnce(org, () => createCustomer(org, newCustomer(identity)), find);
  if ('found' in result) return result.found;
  const { sent } = result;
  // Somebody may have come first (Kustomer itself does when the shopper writes in): all use the one that look-ups give.
  const seen = await lookAgain(org, find);
  if ('id' in sent) return seen === null || seen.id === sent.id ? { id: sent.id, matchedBy: 'created' } : seen;
  if (seen !== null) return seen;
  if (identity.phone === null) throw sent.refused;
  // Nobody has the e-mail or the external id: what is refused may be the phone, and that is on the Klaim anyway.
  return createOnce(org, { ...identity, phone: null }, find);
}
