import { type Addresses } from './addresses';
import { startBrandBackendSimulator, type BrandBackendSimulator } from './brand-backend/simulator';
import { startKarlaSimulator, type KarlaSimulator } from './karla/simulator';
import { type RetrySchedule } from './http/retry-schedule';
import { startKustomerSimulator, type KustomerSimulator } from './kustomer/simulator';
import { DEMO, makeKlass, type Accounts } from './onboard';
import { startOrderProtectionSimulator, type OrderProtectionSimulator } from './order-protection/simulator';
import { type Secrets } from './secrets';
import { freePort } from './temporal-server/port';

/** The stand-ins for a brand's partners. */
export type Simulators = {
  kustomer: KustomerSimulator;
  orderProtection: OrderProtectionSimulator;
  brandBackend: BrandBackendSimulator;
  karla: KarlaSimulator;
};

/** Where they listen: what the service beside them has to be allowed to dial. */
export const SIMULATORS_RANGES = '127.0.0.0/8,::1/128';

type PerSimulator<T> = Partial<Record<keyof Simulators, T>>;

/** What all of them are told: the seed of their chance, and how they repeat webhooks and callbacks (each in its own way unless said). */
interface Temper {
  seed?: number;
  retrySchedule?: RetrySchedule;
}

/** Starts all of them. A port that is asked for gives way to a free one; without a state file a simulator forgets when it stops. */
export async function startSimulators(
  ports: PerSimulator<number> = {},
  stateFiles: PerSimulator<string> = {},
  temper: Temper = {},
): Promise<Simulators> {
  const optionsFor = async (name: keyof Simulators) => {
    const stateFile = stateFiles[name];
    const port = await freePort(ports[name]).catch(() => freePort());
    return { ...temper, port, ...(stateFile === undefined ? {} : { stateFile }) };
  };
  return {
    kustomer: await startKustomerSimulator(await optionsFor('kustomer')),
    orderProtection: await startOrderProtectionSimulator(await optionsFor('orderProtection')),
    brandBackend: await startBrandBackendSimulator(await optionsFor('brandBackend')),
    karla: await startKarlaSimulator(await optionsFor('karla')),
  };
}

/** Tells the partners of each other: what the demo brand has with them, where its shop's webhooks go, how its backend checks and answers. */
export async function introduce(simulators: Simulators, addresses: Addresses, secrets: Secrets): Promise<void> {
  await simulators.karla.seedShop({
    ...DEMO.shop,
    webhook: { url: `${addresses.api}/webhooks/karla/${DEMO.brand}`, secret: secrets.karlaSecret },
  });
  await simulators.brandBackend.configure({
    signingSecrets: [secrets.signingSecret],
    ...(secrets.backendToken === null ? {} : { token: secrets.backendToken }),
  });
  await openAccounts(simulators, addresses, secrets, DEMO);
}

/** Gives a brand its org with the key, and its store with the webhook. Then the org gets its Klass, as any brand's does. */
export async function openAccounts(
  { kustomer, orderProtection }: Simulators,
  addresses: Addresses,
  secrets: Secrets,
  { brand, org, store }: Accounts,
): Promise<void> {
  await kustomer.seedOrg({ org, apiKey: secrets.kustomerKey, requestsPerMinute: 12_000 });
  await orderProtection.seedStore({
    store,
    apiToken: secrets.orderProtectionToken,
    webhook: { url: `${addresses.api}/webhooks/order-protection/${brand}`, secret: secrets.webhookSecret },
  });
  await makeKlass(addresses, brand);
}
