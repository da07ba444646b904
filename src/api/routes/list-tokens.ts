import { requireBrand } from '../require-brand';
import { route } from '../route';

export const listTokens = route({
  method: 'get',
  path: '/v1/brands/{brand}/tokens',
  requires: 'admin',
  summary: 'Lists the tokens of a brand, without the tokens themselves',
  handle: async ({ params: { brand } }, { store }) => {
    await requireBrand(store, brand);
    return { status: 200, json: { items: await store.tokens.list(brand) } };
  },
});
