import { type Kustomer } from '../integrations/kustomer/client';
import { type OrderProtection } from '../integrations/order-protection/client';
import { type KeyCheck } from './watch';

/**
 * Which keys are watched. Kustomer has a self check that any valid key may do, and counts it in the org's requests. Order Protection
 * has none: its key is found dead by a claim's read, and is tried by reading a page of claims from then on.
 */
export function keyChecks(kustomer: Kustomer, orderProtection: OrderProtection): KeyCheck[] {
  return [
    {
      partner: 'kustomer',
      isWatched: true,
      keyIn: (config) => config.kustomer?.apiKey ?? null,
      check: async (config, signal) => {
        const settings = config.kustomer;
        if (settings?.apiKey == null) return;
        await kustomer.checkKey({ ...settings, apiKey: settings.apiKey }, { signal, urgency: 'background' });
      },
    },
    {
      partner: 'order-protection',
      isWatched: false,
      keyIn: (config) => config.orderProtection?.apiToken ?? null,
      check: async (config, signal) => {
        const settings = config.orderProtection;
        if (settings?.apiToken == null) return;
        await orderProtection.checkKey({ ...settings, apiToken: settings.apiToken }, signal);
      },
    },
  ];
}
