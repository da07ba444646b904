import { type CustomerIdentity } from '../../claims/klaim';
import { PartnerError } from '../partner-error';
import { type DatedKlaim } from './as-of';
import { mergedInto, MERGES_LIMIT } from './customers';
import { PARTNER } from './failure';
import { findOrCreateCustomer, type FoundCustomer, type Lease } from './find-customer';
import { createKlaim, findKlaim } from './klaims';
import { lookAgain, sendOnce } from './look-again';
import { type Org } from './org';
import { type StoredKlaim } from './schema';

/** A Klaim made just now, or one that turned out to be there and is still to be written. */
export interface Creation {
  klaim: StoredKlaim;
  isWritten: boolean;
  customer: FoundCustomer;
}

/**
 * Creates a claim's Klaim under its customer, who is found or created first. Whoever calls has looked the Klaim up before.
 * @throws PartnerError, also when the answer was lost and there is no Klaim: it may be tried again from the look-up.
 */
export async function createForCustomer(
  org: Org,
  lease: Lease,
  identity: CustomerIdentity,
  claimId: string,
  klaim: DatedKlaim,
): Promise<Creation> {
  let customer = await findOrCreateCustomer(org, lease, identity);
  for (let merges = 0; merges <= MERGES_LIMIT; merges++) {
    const made = await createUnder(org, customer.id, claimId, klaim);
    if (made !== 'notFound') return { ...made, customer };
    const successor = await successorOf(org, lease, identity, customer);
    if (successor.id === customer.id) break;
    customer = successor;
  }
  const message = `customer ${customer.id} takes no Klaim (404): check that the Klass "${org.access.klass}" exists`;
  throw new PartnerError(PARTNER, 'rejected', message);
}

/** The customer was merged into another, or deleted, since the look-up. Without the right to read merges a new look-up helps. */
async function successorOf(
  org: Org,
  lease: Lease,
  identity: CustomerIdentity,
  customer: FoundCustomer,
): Promise<FoundCustomer> {
  const target = await mergedInto(org, customer.id);
  return target === null ? findOrCreateCustomer(org, lease, identity) : { ...customer, id: target };
}

async function createUnder(
  org: Org,
  customerId: string,
  claimId: string,
  klaim: DatedKlaim,
): Promise<{ klaim: StoredKlaim; isWritten: boolean } | 'notFound'> {
  const look = (): Promise<StoredKlaim | null> => findKlaim(org, claimId);
  const result = await sendOnce(org, () => createKlaim(org, customerId, claimId, klaim), look);
  if ('found' in result) return { klaim: result.found, isWritten: false };
  if (result.sent === 'notFound') return 'notFound';
  if (result.sent !== 'conflict') return { klaim: result.sent, isWritten: true };
  const existing = await lookAgain(org, look);
  if (existing !== null) return { klaim: existing, isWritten: false };
  throw new PartnerError(
    PARTNER,
    'unavailable',
    'creating the Klaim was answered 409, and no Klaim has its external id yet',
  );
}
