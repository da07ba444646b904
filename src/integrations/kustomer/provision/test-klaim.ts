import { type Klaim } from '../../../claims/klaim';
import { klaimBy } from '../../../claims/mapping/klaim-by';
import { type Mapping } from '../../../claims/mapping/mapping';
import { type NeutralClaim } from '../../../claims/neutral-claim';
import { PartnerError } from '../../partner-error';
import { PARTNER } from '../failure';
import { createLooseKlaim, deleteKlaim, findKlaim, updateKlaim } from '../klaims';
import { withinLimits } from '../limits';
import { sendOnce } from '../look-again';
import { type Org } from '../org';
import { type StoredKlaim } from '../schema';
import { verifyKlaim } from '../verify-klaim';

/** The external id of the test Klaim: always the same, so that one that was left is found again. No source has such a claim id. */
const TEST_ID = 'claimkeeper-test';

/** A claim that has a value at every path. */
const SAMPLE: NeutralClaim = {
  values: {
    'claim.id': TEST_ID,
    'claim.number': TEST_ID,
    'claim.title': 'Claimkeeper test – not a claim',
    'claim.createdAt': '2026-01-02T03:04:05.000Z',
    'claim.status': 'Test',
    'claim.statusCode': 'test',
    'claim.type': 'Test',
    'claim.typeCode': 'test',
    'claim.damageType': 'Test',
    'claim.description': 'Written by Claimkeeper to see that Klaims can be written. It may be deleted.',
    'claim.imageRequired': false,
    'claim.imageLinks': 'https://example.com/test.jpg',
    'claim.items': '1 × Test (TEST)',
    'claim.messages': '2026-01-02 brand: Test',
    'claim.requestedResolution': 'Test',
    'claim.url': 'https://claim.orderprotection.com/view/claimkeeper-test',
    'claim.source': 'Test',
    'resolution.type': 'Test',
    'resolution.amount': 12.34,
    'resolution.currency': 'USD',
    'resolution.at': '2026-01-02T03:04:05.000Z',
    'resolution.reshipOrder': 'TEST',
    'resolution.refund': 'TEST',
    'order.id': 'TEST',
    'order.number': '#TEST',
    'customer.name': 'Test',
    'customer.email': 'test@example.com',
    'customer.phone': '+15550100',
    'customer.externalId': 'TEST',
    'customer.preferredCommunication': 'email',
  },
  images: [],
};

/** What became of the test Klaim: removed, or left in the org under this id, marked as a test. */
export interface TestKlaim {
  klaimId: string;
  outcome: 'removed' | 'left';
}

/** A look-up may show for a while what was deleted; each is deleted once more. */
const LOOKS = 5;

/**
 * Writes a Klaim with every attribute of the mapping, reads it back and removes it, or leaves it marked as a test where the key may
 * not delete. It belongs to no customer, because a customer made for it could not be removed again.
 * @throws PartnerError that names the attributes that were not kept as they were sent.
 */
export async function tryKlaim(org: Org, mapping: Mapping): Promise<TestKlaim> {
  const klaim = testKlaim(mapping);
  const written = await write(org, klaim);
  const verdict = await verifyKlaim(org, klaim, written, []);
  if (!verdict.stands) throw changedUnderUs();
  const isLeft = (await deleteKlaim(org, written.id)) === 'forbidden';
  if (!isLeft) await removeOthers(org);
  return { klaimId: written.id, outcome: isLeft ? 'left' : 'removed' };
}

function testKlaim(mapping: Mapping): Klaim {
  const { 'claim.title': title, 'claim.description': description } = SAMPLE.values;
  return withinLimits({ ...klaimBy(mapping, SAMPLE), title: title ?? TEST_ID, description: description ?? '' });
}

async function write(org: Org, klaim: Klaim): Promise<StoredKlaim> {
  const look = (): Promise<StoredKlaim | null> => findKlaim(org, TEST_ID);
  const left = await look();
  const result =
    left === null ? await sendOnce(org, () => createLooseKlaim(org, TEST_ID, klaim), look) : { found: left };
  if ('sent' in result && typeof result.sent === 'object') return result.sent;
  const existing = 'found' in result ? result.found : await look();
  const updated = existing === null ? 'notFound' : await updateKlaim(org, existing, klaim);
  if (typeof updated === 'string') throw changedUnderUs();
  return updated;
}

/** A create whose answer was lost may have landed late. */
async function removeOthers(org: Org): Promise<void> {
  for (let looks = 0; looks < LOOKS; looks++) {
    const other = await findKlaim(org, TEST_ID);
    if (other === null || (await deleteKlaim(org, other.id)) === 'forbidden') return;
  }
}

function changedUnderUs(): PartnerError {
  return new PartnerError(
    PARTNER,
    'unavailable',
    'the test Klaim was changed by somebody else meanwhile; run it again',
  );
}
