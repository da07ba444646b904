import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Addresses } from '../../sandbox/addresses';
import { DEMO, onboard, type Accounts } from '../../sandbox/onboard';
import { loadSecrets, type Secrets } from '../../sandbox/secrets';
import { introduce, openAccounts, startSimulators, type Simulators } from '../../sandbox/simulators';
import { type Store } from '../../src/store/store';
import { type SiteDatabase } from './database';
import { startProduct, type Product } from './product';
import { type Site } from './site';
import { temporalOn } from './temporal';

/** The brand that everything is measured with, and how it is called. */
export interface Brand {
  accounts: Accounts;
  addresses: Addresses;
  /** With the token of the brand's backend. */
  secrets: Secrets & { backendToken: string };
}

/** The whole product and its partners, with one brand on. */
export interface Stage extends Simulators, Brand {
  product: Product;
  temporalAddress: string;
}

/** Starts it. The simulators have no faults and live in this process: whoever measures sees what happens there at once. */
export async function startStage(site: Site, database: SiteDatabase, env: Record<string, string> = {}): Promise<Stage> {
  const secrets = await newSecrets(site);
  const simulators = await startSimulators();
  for (const simulator of Object.values(simulators)) site.keep(simulator);
  const temporalAddress = await temporalOn(site);
  const product = await startProduct(site, { database, temporalAddress, secrets, roles: 'both', env });
  const brand = await bringOn(product, secrets, temporalAddress, simulators);
  await introduce(simulators, brand.addresses, brand.secrets);
  return { ...simulators, ...brand, product, temporalAddress };
}

/** Brings one more brand on, with accounts of its own at the same partners; `number` makes it another than the others. */
export async function addBrand(stage: Stage, number: number): Promise<Brand> {
  const accounts: Accounts = {
    brand: `brand-${number}`,
    org: `org-${number}`,
    store: `store_of_brand_${number}`,
    shop: { id: randomUUID(), slug: `shop-${number}` },
  };
  const addresses = { ...stage.addresses, brand: accounts.brand };
  const secrets = {
    ...stage.secrets,
    orderProtectionToken: `${stage.secrets.orderProtectionToken}-${number}`,
    kustomerKey: `${stage.secrets.kustomerKey}-${number}`,
  };
  const backendToken = await onboard(addresses, { ...secrets, backendToken: null }, {}, accounts);
  await openAccounts(stage, addresses, secrets, accounts);
  return { accounts, addresses, secrets: { ...secrets, backendToken } };
}

/** Kustomer lets one Klaim be updated 60 times a minute. That is its bend, not the product's. */
const UPDATES_OF_A_KLAIM = 100_000;

/** Lifts Kustomer's limit of updates to one Klaim, for what writes to one all the time. */
export async function liftUpdateLimit({ kustomer }: Stage): Promise<void> {
  await kustomer.configure({ updatesPerObjectAndMinute: UPDATES_OF_A_KLAIM });
}

/** Where nobody listens. */
const NOBODY = '127.0.0.1:9';

/**
 * Starts what takes webhooks and callbacks, alone: Temporal and the partners are away, and what is taken waits in the database.
 * `seed` puts into the database what is to be there before.
 */
export async function startDoor(
  site: Site,
  database: SiteDatabase,
  seed: (store: Store) => Promise<void> = () => Promise.resolve(),
): Promise<Brand> {
  const secrets = await newSecrets(site);
  const store = await database.open(secrets.masterKey);
  await seed(store).finally(() => store.close());
  const product = await startProduct(site, { database, temporalAddress: NOBODY, secrets, roles: 'api' });
  const away = { url: `http://${NOBODY}` };
  return bringOn(product, secrets, NOBODY, { kustomer: away, orderProtection: away, brandBackend: away, karla: away });
}

const newSecrets = async (site: Site): Promise<Secrets> => loadSecrets(join(await site.folder(), 'secrets.json'));

async function bringOn(
  { url }: Product,
  secrets: Secrets,
  temporal: string,
  partners: Record<keyof Simulators, { url: string }>,
): Promise<Brand> {
  const addresses: Addresses = {
    api: url,
    adminToken: secrets.adminToken,
    brand: DEMO.brand,
    webhookSecret: secrets.webhookSecret,
    temporal,
    temporalUi: null,
    kustomer: partners.kustomer.url,
    orderProtection: partners.orderProtection.url,
    brandBackend: partners.brandBackend.url,
    karla: partners.karla.url,
  };
  const backendToken = await onboard(addresses, secrets);
  return { accounts: DEMO, addresses, secrets: { ...secrets, backendToken } };
}
