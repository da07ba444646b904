import { type AuditStore } from './audit';
import { createAudit } from './audit-rows';
import { createBrands, type BrandStore } from './brands';
import { createCompleted, type CompletedStore } from './completed';
import { type Database } from './database';
import { type DeliveryStore } from './deliveries';
import { createDeliveries } from './delivery-rows';
import { createKeyWaits, type KeyWaitStore } from './key-waits';
import { createLeases, type LeaseStore } from './leases';
import { type LedgerStore } from './ledger';
import { createLedger } from './ledger-rows';
import { createMasterKeys, type MasterKeyStore } from './master-keys';
import { createMappings, type MappingStore } from './mappings';
import { createLosses, type LossStore } from './losses';
import { plainly, withPlainErrors } from './plain-errors';
import { remember } from './remember';
import { createRefusedKeys, type RefusedKeyStore } from './refused-keys';
import { createRequestBudgets, type RequestBudgetStore } from './request-budgets';
import { createResealing, type ResealingStore } from './resealing';
import { leases } from './schema';
import { createTokens, type TokenStore } from './tokens';
import { type Vault } from './vault';

/** All that is kept outside Temporal. Everything a person wrote and every secret is sealed before it reaches the database. */
export interface Store {
  brands: BrandStore;
  deliveries: DeliveryStore;
  ledger: LedgerStore;
  losses: LossStore;
  completed: CompletedStore;
  keyWaits: KeyWaitStore;
  leases: LeaseStore;
  mappings: MappingStore;
  masterKeys: MasterKeyStore;
  refusedKeys: RefusedKeyStore;
  requestBudgets: RequestBudgetStore;
  resealing: ResealingStore;
  tokens: TokenStore;
  audit: AuditStore;
  /** Resolves when the database answers and has its tables. @throws DatabaseUnavailable with the remedy. */
  ping(): Promise<void>;
  /** Stops listening and closes the database; a second call does nothing. */
  close(): Promise<void>;
}

/** Everything fails with `DatabaseUnavailable` (with the remedy) while the database is down, and never with values of a statement in the message. */
export function createStore({ sql, bell, close }: Database, vault: Vault): Store {
  const { brands, tokens } = remember(createBrands(sql, vault, bell), createTokens(sql));
  return {
    brands: plainly(brands),
    deliveries: plainly(createDeliveries(sql, vault, bell)),
    ledger: plainly(createLedger(sql, vault, bell)),
    losses: plainly(createLosses(sql)),
    completed: plainly(createCompleted(sql, vault)),
    keyWaits: plainly(createKeyWaits(sql)),
    leases: createLeases(sql),
    mappings: plainly(createMappings(sql)),
    masterKeys: plainly(createMasterKeys(sql, vault)),
    refusedKeys: plainly(createRefusedKeys(sql)),
    requestBudgets: plainly(createRequestBudgets(sql)),
    resealing: plainly(createResealing(sql, vault)),
    tokens: plainly(tokens),
    audit: plainly(createAudit(sql, vault)),
    async ping() {
      await withPlainErrors(() => sql.select({ key: leases.key }).from(leases).limit(1));
    },
    close,
  };
}
