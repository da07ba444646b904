import { z } from 'zod';
import { kustomerApplied } from '../../integrations/kustomer/provision/apply';
import { askKustomer, kustomerOf, KUSTOMER_PROBLEMS } from '../kustomer-of';
import { route } from '../route';

const APPLY_MS = 120_000;

export const applyKustomer = route({
  name: 'applyKustomer',
  method: 'post',
  path: '/v1/brands/{brand}/kustomer/apply',
  requires: 'admin',
  summary: "Makes what the plan says in the brand's Kustomer org, and tries it with a test Klaim; may be repeated",
  answers: { 200: z.strictObject({ brand: z.string(), ...kustomerApplied.shape }) },
  problems: [...KUSTOMER_PROBLEMS, 'kustomer-plan-blocked'],
  handle: async ({ params: { brand } }, { store, kustomer }) => {
    const { access, mapping } = await kustomerOf(store, brand);
    const applied = await askKustomer(() => kustomer.apply(access, mapping, AbortSignal.timeout(APPLY_MS)));
    const { made, testKlaim } = applied;
    return { status: 200, json: { brand, ...applied }, noted: { made: made.length, testKlaim: testKlaim.klaimId } };
  },
});
