import { z } from 'zod';
import { changesBetween } from '../../claims/mapping/changes';
import { klaimBy } from '../../claims/mapping/klaim-by';
import { withinLimits } from '../../integrations/kustomer/limits';
import { mappingInput } from '../../store/mapping-input';
import { Problem } from '../problem';
import { route } from '../route';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const change = z.strictObject({
  attribute: z.string(),
  from: value.exactOptional().meta({ description: 'Absent: it was not written before.' }),
  to: value
    .exactOptional()
    .meta({ description: 'Absent: it would not be written any more; null: it would be emptied.' }),
});

/** Nothing is written and Kustomer is not asked: the claim as it is known here, by the brand's mapping and by the one given. */
export const previewKlaim = route({
  name: 'previewKlaim',
  method: 'post',
  path: '/v1/brands/{brand}/claims/{claimId}/klaim/preview',
  requires: 'admin',
  summary: 'Shows what another mapping would change in the Klaim of a claim; writes nothing',
  body: z.strictObject({ mapping: mappingInput }),
  answers: { 200: z.strictObject({ brand: z.string(), claimId: z.string(), changes: z.array(change) }) },
  problems: ['unknown-claim', 'temporal-unavailable'],
  handle: async ({ params: { brand, claimId }, body }, { store, claims }) => {
    const [config, claim] = await Promise.all([store.brands.get(brand), claims.neutral(brand, claimId)]);
    if (claim === null) throw new Problem('unknown-claim');
    const now = withinLimits(klaimBy(config?.kustomer?.mapping ?? {}, claim));
    const then = withinLimits(klaimBy(body.mapping, claim));
    return { status: 200, json: { brand, claimId, changes: changesBetween(now, then) } };
  },
});
