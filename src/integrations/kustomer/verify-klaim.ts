import { type Klaim } from '../../claims/klaim';
import { PartnerError } from '../partner-error';
import { differences } from './differences';
import { PARTNER } from './failure';
import { readKlaim } from './klaims';
import { lookAgain } from './look-again';
import { type Org } from './org';
import { type StoredKlaim } from './schema';

/** What reading a write back showed: that it stands, or what it must be written to now (null: find out). */
export type Verdict = { stands: true } | { stands: false; next: StoredKlaim | null };

/**
 * Reads a write back and compares. `shown` is what lists have shown already, which may be older. A later change by somebody
 * else, an agent for one, is written over. @throws PartnerError `rejected` when Kustomer took the write and kept something else.
 */
export async function verifyKlaim(
  org: Org,
  sent: Klaim,
  written: StoredKlaim,
  shown: readonly StoredKlaim[],
): Promise<Verdict> {
  const { id, rev } = written;
  const current = shown.find((one) => one.id === id && one.rev >= rev) ?? (await readBack(org, written));
  // Of another external id, it was taken away from the claim.
  if (current === 'gone' || current.externalId !== written.externalId) return { stands: false, next: null };
  const names = differences(sent, current);
  if (names.length === 0) return { stands: true };
  if (current.rev > rev) return { stands: false, next: current };
  throw new PartnerError(
    PARTNER,
    'rejected',
    `Klaim ${id} was written and does not show what was sent in ${names.join(', ')}`,
  );
}

async function readBack(org: Org, { id, rev }: StoredKlaim): Promise<StoredKlaim | 'gone'> {
  const current = await lookAgain(org, async () => {
    const read = await readKlaim(org, id);
    if (read === null) return 'gone';
    return read.rev >= rev ? read : null;
  });
  if (current === null)
    throw new PartnerError(PARTNER, 'unavailable', `Klaim ${id} was written and cannot be read back yet`);
  return current;
}
