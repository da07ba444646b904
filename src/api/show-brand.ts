import { type ApiParts } from './parts';
import { Problem } from './problem';
import { type ShownBrand } from './views/brand';

/** A brand as it is answered. */
export async function showBrand(store: ApiParts['store'], brand: string): Promise<ShownBrand> {
  const view = await store.brands.view(brand);
  if (view === null) throw new Problem('unknown-brand');
  const refusedKeys = await store.refusedKeys.list(brand);
  return { brand, attention: refusedKeys.length === 0 ? 'none' : 'credentials', refusedKeys, ...view };
}
