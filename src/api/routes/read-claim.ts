import { Problem } from '../problem';
import { route } from '../route';

export const readClaim = route({
  method: 'get',
  path: '/v1/brands/{brand}/claims/{claimId}',
  requires: 'read',
  summary: 'Reads a claim',
  handle: async ({ params: { brand, claimId } }, { claims }) => {
    const claim = await claims.read(brand, claimId);
    if (claim === null) throw new Problem('unknown-claim');
    return { status: 200, json: claim };
  },
});
