import { requireBrand } from '../require-brand';
import { route } from '../route';
import { listOf } from '../views/common';
import { listedToken } from '../views/token';

export const listTokens = route({
  name: 'listTokens',
  method: 'get',
  path: '/v1/brands/{brand}/tokens',
  requires: 'admin',
  summary: 'Lists the tokens of a brand, without the tokens themselves',
  answers: { 200: listOf(listedToken) },
  problems: [],
  handle: async ({ params: { brand } }, { store }) => {
    await requireBrand(store, brand);
    return { status: 200, json: { items: await store.tokens.list(brand) } };
  },
});
