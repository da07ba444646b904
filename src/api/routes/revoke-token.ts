import { Problem } from '../problem';
import { route } from '../route';

export const revokeToken = route({
  name: 'revokeToken',
  method: 'delete',
  path: '/v1/brands/{brand}/tokens/{id}',
  requires: 'admin',
  summary: 'Revokes a token',
  answers: { 204: null },
  problems: ['unknown-token'],
  handle: async ({ params: { brand, id } }, { store }) => {
    if (!(await store.tokens.revoke(brand, id))) throw new Problem('unknown-token');
    return { status: 204 };
  },
});
