import { route } from '../route';
import { listedBrand } from '../views/brand';
import { listOf } from '../views/common';

export const listBrands = route({
  name: 'listBrands',
  method: 'get',
  path: '/v1/brands',
  requires: 'environment',
  summary: 'Lists all brands',
  answers: { 200: listOf(listedBrand) },
  problems: [],
  handle: async (_call, { store }) => ({ status: 200, json: { items: await store.brands.list() } }),
});
