import { Problem } from '../problem';
import { route } from '../route';
import { claim } from '../views/claim';

export const readClaim = route({
  name: 'readClaim',
  method: 'get',
  path: '/v1/brands/{brand}/claims/{claimId}',
  requires: 'read',
  summary: 'Reads a claim',
  answers: { 200: claim },
  problems: ['unknown-claim', 'temporal-unavailable'],
  handle: async ({ params: { brand, claimId } }, { claims }) => {
    const found = await claims.read(brand, claimId);
    if (found === null) throw new Problem('unknown-claim');
    return { status: 200, json: found };
  },
});
