import { z } from 'zod';
import { type Addresses } from './addresses';
import { apiOf } from './claims/api';
import { type Secrets } from './secrets';

/** The org, store and shop that the simulators have for the demo brand. */
export const DEMO = {
  brand: 'demo',
  org: 'demo',
  store: 'store_1',
  shop: { id: 'b1a7c0de-0000-4000-8000-000000000042', slug: 'demo' },
} as const;

/** Brings the demo brand on by the API, as any brand is. Gives the token with which its backend answers: minted the first time, kept after that. */
export async function onboard(
  addresses: Addresses,
  secrets: Secrets,
  overrides: Record<string, unknown> = {},
): Promise<string> {
  const { call } = apiOf(addresses);
  const config = {
    name: 'Demo brand',
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
    karla: { shopId: DEMO.shop.id, shopSlug: DEMO.shop.slug, webhookSecrets: [secrets.karlaSecret] },
    kustomer: { org: DEMO.org, apiKey: secrets.kustomerKey, baseUrl: addresses.kustomer, requestsPerMinute: 6_000 },
    backend: { url: `${addresses.brandBackend}/commands`, signingSecrets: [secrets.signingSecret] },
    ...overrides,
  };
  const put = await call('PUT', `/v1/brands/${DEMO.brand}`, config);
  if (put.status !== 200 && put.status !== 201)
    throw new Error(`the demo brand was refused: ${JSON.stringify(put.body)}`);
  if (secrets.backendToken !== null) return secrets.backendToken;
  const minted = await call('POST', `/v1/brands/${DEMO.brand}/tokens`, { name: 'demo backend', scopes: ['resolve'] });
  return z.object({ token: z.string() }).parse(minted.body).token;
}

/** Has Claimkeeper make the Klass `klaim` in the demo brand's Kustomer org. */
export async function makeKlass(addresses: Addresses): Promise<void> {
  const applied = await apiOf(addresses).call('POST', `/v1/brands/${DEMO.brand}/kustomer/apply`);
  if (applied.status !== 200) throw new Error(`the Klass could not be made: ${JSON.stringify(applied.body)}`);
}
