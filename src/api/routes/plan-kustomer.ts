import { z } from 'zod';
import { kustomerPlan } from '../../integrations/kustomer/provision/plan';
import { askKustomer, kustomerOf, KUSTOMER_PROBLEMS } from '../kustomer-of';
import { route } from '../route';

/** Longer than Kustomer ever takes, shorter than callers wait. */
const PLAN_MS = 30_000;

export const planKustomer = route({
  name: 'planKustomer',
  method: 'get',
  path: '/v1/brands/{brand}/kustomer/plan',
  requires: 'admin',
  summary: "Says what the brand's Kustomer org and API key lack; changes nothing",
  answers: { 200: z.strictObject({ brand: z.string(), ...kustomerPlan.shape }) },
  problems: KUSTOMER_PROBLEMS,
  handle: async ({ params: { brand } }, { store, kustomer }) => {
    const { access, mapping } = await kustomerOf(store, brand);
    const plan = await askKustomer(() => kustomer.plan(access, mapping, AbortSignal.timeout(PLAN_MS)));
    return { status: 200, json: { brand, ...plan } };
  },
});
