import { z } from 'zod';
import { attributesBy, type Mapping } from '../../../claims/mapping/mapping';
import { PartnerError } from '../../partner-error';
import { PARTNER } from '../failure';
import { lookAgain } from '../look-again';
import { type Org } from '../org';
import { addAttributes, lacking, readAttributes } from './attributes';
import { createKlass, enableKlass } from './klass';
import { look } from './look';
import { kustomerPlan, type KustomerPlan } from './plan';
import { tryKlaim } from './test-klaim';

/** What apply did. */
export const kustomerApplied = z
  .strictObject({
    made: kustomerPlan.shape.changes,
    testKlaim: z.strictObject({ klaimId: z.string(), outcome: z.enum(['removed', 'left']) }),
    plan: kustomerPlan.meta({ description: 'As it is afterwards.' }),
  })
  .meta({ id: 'KustomerApplied' });
export type KustomerApplied = z.output<typeof kustomerApplied>;

/** The plan says that apply cannot go: its key lacks roles, or the mapping does not go with the org. */
export class PlanBlocked extends Error {
  override readonly name = 'PlanBlocked';

  constructor(readonly plan: KustomerPlan) {
    super('The plan is blocked');
  }
}

/**
 * Makes what the plan says, each thing only if it is not there, and tries it with a test Klaim. It deletes nothing but that, and may
 * be run again after any fault. @throws PlanBlocked, PartnerError
 */
export async function apply(org: Org, mapping: Mapping): Promise<KustomerApplied> {
  const { found, plan } = await look(org, mapping);
  const { seen } = found;
  if (seen === null || plan.status === 'blocked') throw new PlanBlocked(plan);
  for (const change of plan.changes) {
    if (change.change === 'createKlass') await createKlass(org, change.label);
    if (change.change === 'enableKlass' && seen.klass !== null) await enableKlass(org, seen.klass);
  }
  await ensureAttributes(org, mapping);
  const testKlaim = await tryKlaim(org, mapping);
  return { made: plan.changes, testKlaim, plan: (await look(org, mapping)).plan };
}

async function ensureAttributes(org: Org, mapping: Mapping): Promise<void> {
  const wanted = attributesBy(mapping);
  const existing = await readAttributes(org);
  const missing = lacking(existing, wanted);
  if (missing.length === 0) return;
  await addAttributes(org, existing, missing);
  const still = async (): Promise<string[]> => lacking(await readAttributes(org), wanted).map(({ name }) => name);
  const shown = await lookAgain(org, async () => ((await still()).length === 0 ? true : null));
  if (shown === null)
    throw new PartnerError(
      PARTNER,
      'rejected',
      `Kustomer took the attributes and does not show ${(await still()).join(', ')}`,
    );
}
