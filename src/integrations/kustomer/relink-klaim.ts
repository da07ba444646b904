import { type NamedCustomer, type RetiredKlaim, type Superseded } from '../../claims/klaim';
import { PartnerError } from '../partner-error';
import { newerThan } from './as-of';
import { currentCustomer } from './customers';
import { PARTNER } from './failure';
import { type Lease } from './find-customer';
import { findKlaim, klaimsOf, readKlaim } from './klaims';
import { type Org } from './org';
import { retireKlaim } from './retire-klaim';
import { type StoredKlaim } from './schema';
import { syncKlaim, type KlaimSync, type WantedKlaim } from './sync-klaim';

/** A Klaim that is to be under a certain customer. */
export interface MovedKlaim extends WantedKlaim {
  customer: NamedCustomer;
}

/** The Klaim under its new customer and what became of the old ones; or why nothing was done. */
export type Relinking = { refused: string } | Superseded | (KlaimSync & { retired: RetiredKlaim[] });

/** Writes of others in between that one attempt puts up with. Longer together than Kustomer's lag of reads. */
const ROUNDS = 5;
const PAUSE_MS = 600;

/**
 * Has a claim's one Klaim under the customer that an operator names. Kustomer cannot move a KObject, so it is made anew; the old one
 * goes first, so that there are never two. @throws PartnerError; an attempt that failed is safe to repeat from any point.
 */
export async function relinkKlaim(org: Org, lease: Lease, wanted: MovedKlaim): Promise<Relinking> {
  const retired: RetiredKlaim[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await org.pause(PAUSE_MS);
    const target = await currentCustomer(org, wanted.customer.customerId);
    if (target === null) return { refused: `there is no customer ${wanted.customer.customerId} in Kustomer` };
    const elsewhere = await klaimsElsewhere(org, wanted, target);
    for (const klaim of elsewhere) {
      const supersededBy = newerThan(wanted.asOf, klaim);
      if (supersededBy !== null) return { supersededBy };
    }
    for (const klaim of elsewhere) retired.push(await retireKlaim(org, klaim, wanted));
    const synced = await syncKlaim(org, lease, wanted);
    if ('supersededBy' in synced) return synced;
    if (synced.customerId === target) return { ...synced, matchedBy: 'operator', retired };
  }
  throw new PartnerError(PARTNER, 'unavailable', 'the Klaim does not stay with the customer that was named');
}

/** The Klaims of a claim that are with somebody else: under its external id, where the last one was, with its former customer. */
async function klaimsElsewhere(org: Org, { claimId, known }: MovedKlaim, target: string): Promise<StoredKlaim[]> {
  const former = known?.customerId ?? target;
  const there = new Set((await klaimsOf(org, target)).map(({ id }) => id));
  const candidates = [
    await findKlaim(org, claimId),
    known === null ? null : await readKlaim(org, known.klaimId),
    ...(former === target ? [] : await klaimsOf(org, former)),
  ].filter((klaim) => klaim !== null);
  const elsewhere = candidates.filter(({ id, externalId }) => externalId === claimId && !there.has(id));
  return elsewhere.filter((klaim, index) => elsewhere.findIndex(({ id }) => id === klaim.id) === index);
}
