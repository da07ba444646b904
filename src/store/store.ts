import { type BrandStore } from './brands';
import { type CompletedStore } from './completed';
import { type DeliveryStore } from './deliveries';
import { type LeaseStore } from './leases';
import { type LedgerStore } from './ledger';
import { type TokenStore } from './tokens';

/** All that is kept outside Temporal. Everything a person wrote and every secret is sealed before it reaches the database. */
export interface Store {
  brands: BrandStore;
  deliveries: DeliveryStore;
  ledger: LedgerStore;
  completed: CompletedStore;
  leases: LeaseStore;
  tokens: TokenStore;
  /** Resolves when the database answers and has its tables. @throws DatabaseUnavailable with the remedy. */
  ping(): Promise<void>;
  /** Stops listening and closes the database; a second call does nothing. */
  close(): Promise<void>;
}
