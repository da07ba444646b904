import { z } from 'zod';
import { type Addresses } from './addresses';
import { apiOf } from './claims/api';
import { type Secrets } from './secrets';

/** A brand, and what it has with its partners: the org in Kustomer, the store in Order Protection, the shop in Karla. */
export interface Accounts {
  brand: string;
  org: string;
  store: string;
  shop: { id: string; slug: string };
}

/** What the simulators have for the demo brand. */
export const DEMO = {
  brand: 'demo',
  org: 'demo',
  store: 'store_1',
  shop: { id: 'b1a7c0de-0000-4000-8000-000000000042', slug: 'demo' },
} as const satisfies Accounts;

/** A brand's share of its org's budget, which is what bounds how many claims a second it can have. */
export const KUSTOMER_REQUESTS_PER_MINUTE = 6_000;

/** A brand's section about its Kustomer. */
export const kustomerSection = (
  { kustomer }: Addresses,
  { kustomerKey }: Secrets,
  org: string,
  requestsPerMinute = KUSTOMER_REQUESTS_PER_MINUTE,
): Record<string, unknown> => ({ org, apiKey: kustomerKey, baseUrl: kustomer, requestsPerMinute });

/** Brings a brand on by the API, as any brand is. Gives the token with which its backend answers: minted the first time, kept after that. */
export async function onboard(
  addresses: Addresses,
  secrets: Secrets,
  overrides: Record<string, unknown> = {},
  { brand, org, shop }: Accounts = DEMO,
): Promise<string> {
  const { call } = apiOf(addresses);
  const config = {
    name: `Brand ${brand}`,
    orderProtection: {
      apiToken: secrets.orderProtectionToken,
      webhookSecrets: [secrets.webhookSecret],
      baseUrl: addresses.orderProtection,
      report: {
        via: 'http',
        method: 'POST',
        path: '/v1/claims/{claimId}/resolutions',
        body: {
          type: '{kind}',
          reshipmentSourceOrderId: '{reshipOrderId}',
          refundId: '{refundId}',
          amount: '{amount}',
          currency: '{currency}',
        },
      },
    },
    karla: { shopId: shop.id, shopSlug: shop.slug, webhookSecrets: [secrets.karlaSecret] },
    kustomer: kustomerSection(addresses, secrets, org),
    backend: { url: `${addresses.brandBackend}/commands`, signingSecrets: [secrets.signingSecret] },
    ...overrides,
  };
  const put = await call('PUT', `/v1/brands/${brand}`, config);
  if (put.status !== 200 && put.status !== 201)
    throw new Error(`the brand ${brand} was refused: ${JSON.stringify(put.body)}`);
  if (secrets.backendToken !== null) return secrets.backendToken;
  const minted = await call('POST', `/v1/brands/${brand}/tokens`, { name: `${brand} backend`, scopes: ['resolve'] });
  return z.object({ token: z.string() }).parse(minted.body).token;
}

/** Has Claimkeeper make the Klass `klaim` in the brand's Kustomer org. */
export async function makeKlass(addresses: Addresses, brand: string = DEMO.brand): Promise<void> {
  const applied = await apiOf(addresses).call('POST', `/v1/brands/${brand}/kustomer/apply`);
  if (applied.status !== 200) throw new Error(`the Klass could not be made: ${JSON.stringify(applied.body)}`);
}
