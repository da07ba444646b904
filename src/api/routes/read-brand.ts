import { showBrand } from '../show-brand';
import { route } from '../route';
import { brand } from '../views/brand';

export const readBrand = route({
  name: 'readBrand',
  method: 'get',
  path: '/v1/brands/{brand}',
  requires: 'admin',
  summary: 'Reads the configuration of a brand; secrets are shown as set, last four and since when',
  answers: { 200: brand },
  problems: [],
  handle: async ({ params }, { store }) => ({ status: 200, json: await showBrand(store, params.brand) }),
});
