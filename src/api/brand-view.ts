import { type BrandView } from '../store/brand-config';
import { type ApiParts } from './parts';
import { Problem } from './problem';

/** A brand as it is answered. */
export async function showBrand(store: ApiParts['store'], brand: string): Promise<{ brand: string } & BrandView> {
  const view = await store.brands.view(brand);
  if (view === null) throw new Problem('unknown-brand');
  return { brand, ...view };
}
