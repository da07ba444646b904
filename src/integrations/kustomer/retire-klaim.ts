import { type Klaim, type RetiredKlaim } from '../../claims/klaim';
import { PartnerError } from '../partner-error';
import { PARTNER } from './failure';
import { deleteKlaim, readKlaim, updateKlaim } from './klaims';
import { type Org } from './org';
import { type StoredKlaim } from './schema';

const ROUNDS = 4;

/** Takes a Klaim away from its claim: deleted or, where the key may not, emptied and marked, because it is on the wrong person. */
export async function retireKlaim(
  org: Org,
  klaim: StoredKlaim,
  claim: { claimId: string; klaim: Klaim },
): Promise<RetiredKlaim> {
  const result = await deleteKlaim(org, klaim.id);
  if (result !== 'forbidden') return { klaimId: klaim.id, how: 'deleted' };
  await mark(org, klaim, claim);
  return { klaimId: klaim.id, how: 'marked' };
}

async function mark(org: Org, klaim: StoredKlaim, { claimId, klaim: { custom } }: { claimId: string; klaim: Klaim }) {
  const emptied = {
    externalId: `moved:${claimId}:${klaim.id}`,
    title: 'Moved to another customer',
    description: 'This claim is of another customer, where its Klaim was made anew. Delete this one.',
    images: [],
    custom: Object.fromEntries(Object.keys(custom).map((name) => [name, null])),
  };
  let current: StoredKlaim | null = klaim;
  for (let round = 0; round < ROUNDS; round++) {
    const updated = await updateKlaim(org, current, emptied);
    if (updated !== 'conflict') return;
    current = await readKlaim(org, klaim.id);
    if (current === null) return;
  }
  throw new PartnerError(PARTNER, 'unavailable', `Klaim ${klaim.id} was changed under each of ${ROUNDS} writes`);
}
