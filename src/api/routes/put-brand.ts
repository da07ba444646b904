import { brandInput, brandSlug } from '../../store/brand-config';
import { givenSecrets } from '../../store/brand-secrets';
import { parse } from '../invalid-input';
import { checkMapping } from '../mapping-check';
import { route } from '../route';
import { showBrand } from '../brand-view';

export const putBrand = route({
  method: 'put',
  path: '/v1/brands/{brand}',
  requires: 'admin',
  summary: 'Makes a brand, or replaces its configuration; a secret left out stays',
  body: brandInput,
  noted: (input) => ({ secretsGiven: givenSecrets(input) }),
  handle: async ({ params, body }, { store, kustomer }) => {
    const brand = parse(brandSlug, params.brand, 'brand');
    const warnings = await checkMapping({ store, kustomer }, brand, body);
    const became = await store.brands.put(brand, body);
    return { status: became === 'created' ? 201 : 200, json: { ...(await showBrand(store, brand)), warnings } };
  },
});
