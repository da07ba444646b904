import { type KlaimIds } from '../../claims/klaim';
import { PartnerError } from '../partner-error';
import { PARTNER } from './failure';
import { deleteKlaim, findKlaim, klaimsOf, readKlaim } from './klaims';
import { type Org } from './org';
import { type StoredKlaim } from './schema';

/** Where a second Klaim of a claim may be: with the customer, under the external id, where the last one was. */
export interface Places {
  customerId: string | null;
  isNew: boolean;
  known: KlaimIds | null;
}

/**
 * Every Klaim of a claim that can be seen beside the one just written. A look-up gives only one of several, so the customer's
 * are listed: after every write and not only after creating, because a create whose answer was lost may land late.
 */
export async function klaimsBeside(
  org: Org,
  claimId: string,
  written: StoredKlaim,
  { customerId, isNew, known }: Places,
): Promise<StoredKlaim[]> {
  const listed = customerId === null ? [] : await klaimsOf(org, customerId);
  // Under another customer, if somebody else created one at the same time.
  const lookedUp = isNew ? await findKlaim(org, claimId) : null;
  const earlier = known === null || known.klaimId === written.id ? null : await readKlaim(org, known.klaimId);
  return [...listed, lookedUp, earlier]
    .filter((klaim) => klaim !== null)
    .filter(({ externalId }) => externalId === claimId);
}

/**
 * Which of several Klaims of one claim stays: the oldest, on a tie the one with the smaller id. Everybody who sees them decides
 * alike, so two workers never delete each other's.
 */
export function eldest(first: StoredKlaim, others: readonly StoredKlaim[]): StoredKlaim {
  return others.reduce((elder, other) => (isElder(other, elder) ? other : elder), first);
}

function isElder(a: StoredKlaim, b: StoredKlaim): boolean {
  const difference = Date.parse(a.createdAt) - Date.parse(b.createdAt);
  return difference === 0 ? a.id < b.id : difference < 0;
}

/** Deletes all but `kept`; gives the ids of those that were still there. @throws PartnerError `rejected` without the role for it. */
export async function removeTwins(org: Org, kept: StoredKlaim, all: readonly StoredKlaim[]): Promise<string[]> {
  const removed: string[] = [];
  const twins = new Set(all.map(({ id }) => id).filter((id) => id !== kept.id));
  for (const id of twins) {
    const result = await deleteKlaim(org, id);
    if (result === 'forbidden') throw new PartnerError(PARTNER, 'rejected', mayNotDelete(id, kept.id));
    if (result === 'deleted') removed.push(id);
  }
  return removed;
}

const mayNotDelete = (id: string, kept: string): string =>
  `Klaim ${id} is a duplicate of Klaim ${kept}, and the API key lacks org.permission.kobject.delete: delete ${id} by hand, or use a key with that role`;
