import { type ApiParts } from './parts';
import { Problem } from './problem';

/** Throws for a brand that does not exist: only the token of the environment comes this far with one. */
export async function requireBrand(store: ApiParts['store'], brand: string): Promise<void> {
  if ((await store.brands.get(brand)) === null) throw new Problem('unknown-brand');
}
