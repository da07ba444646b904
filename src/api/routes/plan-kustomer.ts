import { askKustomer, kustomerOf } from '../kustomer-of';
import { route } from '../route';

/** Longer than Kustomer ever takes, shorter than callers wait. */
const PLAN_MS = 30_000;

export const planKustomer = route({
  method: 'get',
  path: '/v1/brands/{brand}/kustomer/plan',
  requires: 'admin',
  summary: "Says what the brand's Kustomer org and API key lack; changes nothing",
  handle: async ({ params: { brand } }, { store, kustomer }) => {
    const { access, mapping } = await kustomerOf(store, brand);
    const plan = await askKustomer(() => kustomer.plan(access, mapping, AbortSignal.timeout(PLAN_MS)));
    return { status: 200, json: { brand, ...plan } };
  },
});
