import { type BrandBackend } from '../integrations/brand-backend/client';
import { type Kustomer } from '../integrations/kustomer/client';
import { type OrderProtection } from '../integrations/order-protection/client';
import { type Store } from '../store/store';
import { createBrandBackendActivities } from './brand-backend';
import { createKustomerActivities } from './kustomer';
import { createLedgerActivities } from './ledger';
import { createOrderProtectionActivities } from './order-protection';
import { createRefreshActivities, type OpenClaims } from './refresh';

export interface ActivityDependencies {
  store: Store;
  orderProtection: OrderProtection;
  kustomer: Kustomer;
  brandBackend: BrandBackend;
  publicUrl: string;
  openClaims: OpenClaims;
}

export type Activities = ReturnType<typeof createActivities>;

/** All activities, by the queue they belong to. */
export function createActivities({
  store,
  orderProtection,
  kustomer,
  brandBackend,
  publicUrl,
  openClaims,
}: ActivityDependencies) {
  return {
    ledger: createLedgerActivities(store),
    orderProtection: createOrderProtectionActivities(store, orderProtection),
    kustomer: createKustomerActivities(store, kustomer),
    refresh: createRefreshActivities(store, openClaims),
    brandBackend: createBrandBackendActivities(store, brandBackend, publicUrl),
  };
}
