import { type BrandView } from '../store/brand-config';
import { type RefusedKey } from '../store/refused-keys';
import { type ApiParts } from './parts';
import { Problem } from './problem';

/** A brand as it is answered, with the keys that its partners refuse. */
export interface ShownBrand extends BrandView {
  brand: string;
  attention: 'none' | 'credentials';
  refusedKeys: RefusedKey[];
}

export async function showBrand(store: ApiParts['store'], brand: string): Promise<ShownBrand> {
  const view = await store.brands.view(brand);
  if (view === null) throw new Problem('unknown-brand');
  const refusedKeys = await store.refusedKeys.list(brand);
  return { brand, attention: refusedKeys.length === 0 ? 'none' : 'credentials', refusedKeys, ...view };
}
