import { type BrandInput } from '../store/brand-config';
import { PartnerError } from '../integrations/partner-error';
import { invalidInput } from './invalid-input';
import { type ApiParts } from './parts';

/** A `PUT` waits no longer than this for Kustomer. */
const CHECK_MS = 5_000;

/**
 * Holds the mapping of a brand that is about to be put against its Klass in Kustomer: what it would refuse is 422. Whether Kustomer
 * can be asked must not decide whether a brand can be put (the key may be what is being mended), so then it is a warning.
 */
export async function checkMapping(
  { store, kustomer }: Pick<ApiParts, 'store' | 'kustomer'>,
  brand: string,
  { kustomer: input }: BrandInput,
): Promise<string[]> {
  if (!input) return [];
  const apiKey = input.apiKey === undefined ? (await store.brands.get(brand))?.kustomer?.apiKey : input.apiKey;
  if (apiKey == null) return [notChecked(brand, 'there is no API key yet')];
  const { org, klass, baseUrl, requestsPerMinute, mapping } = input;
  try {
    const access = { org, apiKey, klass, baseUrl, requestsPerMinute };
    const conflicts = await kustomer.conflicts(access, mapping, AbortSignal.timeout(CHECK_MS));
    if (conflicts.length === 0) return [];
    throw invalidInput(conflicts.map(({ attribute, message }) => ({ path: `kustomer.mapping.${attribute}`, message })));
  } catch (error) {
    if (error instanceof PartnerError) return [notChecked(brand, error.message)];
    throw error;
  }
}

const notChecked = (brand: string, why: string): string =>
  `the mapping was not checked against the Klass (${why}): see GET /v1/brands/${brand}/kustomer/plan`;
