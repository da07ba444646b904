import { type BrandConfig } from './brand-config';
import { type BrandStore } from './brands';
import { createRecent } from './recent';
import { hashOfToken } from './token-text';
import { type FoundToken, type TokenStore } from './tokens';

/**
 * The same stores, which look once a second at most for what every request asks: a brand's configuration, and a token. What is
 * changed or revoked by this process counts at once; what another process changes, and the end of a token's time, within the second.
 */
export function remember(brands: BrandStore, tokens: TokenStore): { brands: BrandStore; tokens: TokenStore } {
  const recentBrands = createRecent<BrandConfig>();
  const recentTokens = createRecent<FoundToken>();
  const forgetAll = (): void => {
    recentBrands.forget();
    recentTokens.forget();
  };
  return {
    brands: {
      ...brands,
      get: (brand) => recentBrands.get(brand, () => brands.get(brand)),
      put: (brand, input) => brands.put(brand, input).finally(forgetAll),
      // Its tokens go with it.
      remove: (brand) => brands.remove(brand).finally(forgetAll),
    },
    tokens: {
      ...tokens,
      // Remembered by its hash: no list of tokens in clear is kept in memory.
      find: (token) => recentTokens.get(hashOfToken(token).toString('base64'), () => tokens.find(token)),
      revoke: (brand, id) => tokens.revoke(brand, id).finally(forgetAll),
    },
  };
}
