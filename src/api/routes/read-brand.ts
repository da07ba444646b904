import { showBrand } from '../brand-view';
import { route } from '../route';

export const readBrand = route({
  method: 'get',
  path: '/v1/brands/{brand}',
  requires: 'admin',
  summary: 'Reads the configuration of a brand; secrets are shown as set, last four and since when',
  handle: async ({ params: { brand } }, { store }) => ({ status: 200, json: await showBrand(store, brand) }),
});
