import { type Judge } from '../../integrations/egress/judge';
import { refusedUrl } from '../../integrations/egress/literal';
import { addressesOf, brandInput, brandSlug, type BrandInput } from '../../store/brand-config';
import { givenSecrets } from '../../store/brand-secrets';
import { invalidInput, parse } from '../invalid-input';
import { checkMapping } from '../mapping-check';
import { route } from '../route';
import { showBrand } from '../show-brand';
import { putResult } from '../views/brand';

export const putBrand = route({
  name: 'putBrand',
  method: 'put',
  path: '/v1/brands/{brand}',
  requires: 'admin',
  summary: 'Makes a brand, or replaces its configuration; a secret left out stays',
  answers: { 200: putResult, 201: putResult },
  problems: [],
  body: brandInput,
  noted: (input) => ({ secretsGiven: givenSecrets(input) }),
  handle: async ({ params, body }, { store, kustomer, judgeAddress }) => {
    const brand = parse(brandSlug, params.brand, 'brand');
    refuseForbidden(body, judgeAddress);
    await store.brands.checkSecrets(brand, body);
    const warnings = await checkMapping({ store, kustomer }, brand, body);
    const became = await store.brands.put(brand, body);
    await store.refusedKeys.clear(brand);
    const shown = await showBrand(store, brand);
    const noted = shown.kustomer === null ? {} : { mappingVersion: shown.kustomer.mappingVersion };
    return { status: became === 'created' ? 201 : 200, json: { ...shown, warnings }, noted };
  },
});

/** 422 for every address in the configuration that is written as one and may not be dialled. A name is judged when it is dialled. */
function refuseForbidden(input: BrandInput, judge: Judge): void {
  const faults = addressesOf(input).flatMap(({ path, url }) => {
    const refused = refusedUrl(url, judge);
    return refused === null ? [] : [{ path: path.join('.'), message: refused.message }];
  });
  if (faults.length > 0) throw invalidInput(faults);
}
