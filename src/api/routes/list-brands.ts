import { route } from '../route';

export const listBrands = route({
  method: 'get',
  path: '/v1/brands',
  requires: 'environment',
  summary: 'Lists all brands',
  handle: async (_call, { store }) => ({ status: 200, json: { items: await store.brands.list() } }),
});
