import { type Logger } from 'pino';
import { type Receive } from '../intake/receive';
import { type KustomerSetup } from '../integrations/kustomer/setup';
import { type Store } from '../store/store';
import { type Claims } from '../temporal/claims-port';

/** What the API is made of. It boots and serves whether or not the database and Temporal answer. */
export interface ApiParts {
  store: Pick<Store, 'audit' | 'brands' | 'deliveries' | 'ledger' | 'tokens' | 'ping'>;
  claims: Claims;
  kustomer: KustomerSetup;
  receive: Receive;
  /** The token of the environment, which holds every brand and scope. */
  adminToken: string;
  log: Logger;
  now: () => Date;
}
