import { Problem } from '../problem';
import { route } from '../route';

export const revokeToken = route({
  method: 'delete',
  path: '/v1/brands/{brand}/tokens/{id}',
  requires: 'admin',
  summary: 'Revokes a token',
  handle: async ({ params: { brand, id } }, { store }) => {
    if (!(await store.tokens.revoke(brand, id))) throw new Problem('unknown-token');
    return { status: 204 };
  },
});
