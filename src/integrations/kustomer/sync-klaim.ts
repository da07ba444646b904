import { type CustomerIdentity, type Klaim, type KlaimIds, type MatchedBy, type Superseded } from '../../claims/klaim';
import { PartnerError } from '../partner-error';
import { dated, newerThan } from './as-of';
import { createForCustomer } from './create-klaim';
import { PARTNER } from './failure';
import { findCustomer, type Lease } from './find-customer';
import { normalized } from './identity';
import { findKlaim, readKlaim, updateKlaim } from './klaims';
import { withinLimits } from './limits';
import { type Org } from './org';
import { type StoredKlaim } from './schema';
import { eldest, klaimsBeside, removeTwins } from './twins';
import { verifyKlaim } from './verify-klaim';

/** The state that a claim's Klaim is to have. `known` is where it was last time: a hint, never trusted. */
export interface WantedKlaim {
  claimId: string;
  klaim: Klaim;
  customer: CustomerIdentity;
  known: KlaimIds | null;
  /** As of when the state is: one of a later time is not written over. */
  asOf: string;
}

/** Where the Klaim is, and how its customer was found; the removed were its duplicates. */
export interface KlaimSync {
  klaimId: string;
  customerId: string | null;
  matchedBy: MatchedBy;
  removedDuplicates: string[];
}

/** Where one attempt stands: the Klaim to write to next (null: look it up) or the one just written, and all that it saw of the claim. */
interface Progress {
  klaim: StoredKlaim | null;
  seen: StoredKlaim[];
  customerId: string | null;
  matchedBy: KlaimSync['matchedBy'];
}
type Write = Progress & ({ isWritten: true; isNew: boolean; klaim: StoredKlaim } | { isWritten: false });
type Check =
  | { stands: true; customerId: string | null; removed: string[] }
  | { stands: false; next: StoredKlaim | null; seen: StoredKlaim[] };

/** Writes that may be overtaken before an attempt gives up, with pauses in between. */
const ROUNDS = 8;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 400;

/**
 * Brings a claim's one Klaim to the wanted state. Kustomer has no upsert, so: look up, write, then see whether the write stands
 * and stands alone. A newer state that is there already stays. What happened in between (a change, a deletion, a duplicate) is where the next round begins.
 * @throws PartnerError; an attempt that failed is safe to repeat.
 */
export async function syncKlaim(org: Org, lease: Lease, asked: WantedKlaim): Promise<KlaimSync | Superseded> {
  const wanted = { ...asked, klaim: withinLimits(asked.klaim), customer: normalized(asked.customer) };
  let progress: Progress = {
    klaim: null,
    seen: [],
    customerId: asked.known?.customerId ?? null,
    matchedBy: 'existing',
  };
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await org.pause(Math.min(FIRST_PAUSE_MS * 2 ** (round - 1), LONGEST_PAUSE_MS));
    const target = progress.klaim ?? (await currentKlaim(org, wanted));
    const supersededBy = target === null ? null : newerThan(wanted.asOf, target);
    if (target !== null && supersededBy !== null) {
      // What this attempt has made beside it goes: the newer state may be the last that the claim ever writes.
      await removeTwins(org, target, progress.seen);
      return { supersededBy };
    }
    const write: Write = await writeOnce(org, lease, wanted, { ...progress, klaim: target });
    progress = write;
    if (!write.isWritten) continue;
    const check = await checkWrite(org, wanted, write);
    if (check.stands) {
      const { customerId, removed: removedDuplicates } = check;
      const matchedBy = await matchOf(org, wanted, write, customerId);
      return { klaimId: write.klaim.id, customerId, matchedBy, removedDuplicates };
    }
    progress = { ...write, klaim: check.next, seen: check.seen };
  }
  throw new PartnerError(PARTNER, 'unavailable', `the Klaim was changed under each of ${ROUNDS} writes`);
}

async function writeOnce(org: Org, lease: Lease, wanted: WantedKlaim, progress: Progress): Promise<Write> {
  const { claimId, klaim, customer, asOf } = wanted;
  const target = progress.klaim;
  if (target === null) {
    const created = await createForCustomer(org, lease, customer, claimId, dated(klaim, asOf));
    const { id: customerId, matchedBy } = created.customer;
    return { ...progress, klaim: created.klaim, isWritten: created.isWritten, isNew: true, customerId, matchedBy };
  }
  const updated = await updateKlaim(org, target, dated(klaim, asOf, target.data));
  if (updated === 'notFound') return { ...progress, klaim: null, isWritten: false };
  if (updated === 'conflict') return { ...progress, klaim: await readIfOf(org, claimId, target.id), isWritten: false };
  return { ...progress, klaim: updated, isWritten: true, isNew: false };
}

/** A Klaim that was there before this claim knew of it (a create whose answer was lost, for one): which mark leads to its customer. */
async function matchOf(
  org: Org,
  { known, customer }: WantedKlaim,
  { matchedBy }: Write,
  customerId: string | null,
): Promise<MatchedBy> {
  if (matchedBy !== 'existing' || known !== null) return matchedBy;
  const found = await findCustomer(org, customer);
  return found !== null && found.id === customerId ? found.matchedBy : 'existing';
}

/** The Klaim by its external id; a look-up that lags behind is helped out by the id of last time. */
async function currentKlaim(org: Org, { claimId, known }: WantedKlaim): Promise<StoredKlaim | null> {
  const found = await findKlaim(org, claimId);
  if (found !== null || known === null) return found;
  return readIfOf(org, claimId, known.klaimId);
}

/** Null also when it is not the claim's any more: emptied, because the claim is of somebody else. */
async function readIfOf(org: Org, claimId: string, id: string): Promise<StoredKlaim | null> {
  const klaim = await readKlaim(org, id);
  return klaim?.externalId === claimId ? klaim : null;
}

/** The kept Klaim has the wanted state before any other is deleted. */
async function checkWrite(org: Org, wanted: WantedKlaim, write: Extract<Write, { isWritten: true }>): Promise<Check> {
  const { klaim: written, isNew } = write;
  const customerId = written.customerId ?? write.customerId ?? (await findCustomer(org, wanted.customer))?.id ?? null;
  const beside = await klaimsBeside(org, wanted.claimId, written, { customerId, isNew, known: wanted.known });
  const seen = [written, ...beside, ...write.seen];
  const kept = eldest(written, beside);
  if (kept.id !== written.id) return { stands: false, next: kept, seen };
  const verdict = await verifyKlaim(org, wanted.klaim, written, beside);
  if (!verdict.stands) return { ...verdict, seen: seen.filter(({ id }) => id !== written.id) };
  return { stands: true, customerId, removed: await removeTwins(org, written, seen) };
}
