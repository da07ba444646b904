import { type Logger } from 'pino';
import { type Receive } from '../intake/receive';
import { type RejectionLog } from '../intake/rejections';
import { type Judge } from '../integrations/egress/judge';
import { type KustomerSetup } from '../integrations/kustomer/setup';
import { type Limits } from './rate-limits';
import { type Metrics } from '../metrics';
import { type Store } from '../store/store';
import { type Claims } from '../temporal/claims-port';
import { type RemoteCodec } from '../temporal/remote-codec';

/** What the API is made of. It boots and serves whether or not the database and Temporal answer. */
export interface ApiParts {
  store: Pick<Store, 'audit' | 'brands' | 'deliveries' | 'ledger' | 'refusedKeys' | 'tokens' | 'ping'>;
  claims: Claims;
  kustomer: KustomerSetup;
  receive: Receive;
  rejections: RejectionLog;
  /** Address ranges of the proxies in front, whose word for the caller's address is taken. */
  trustedProxies: readonly string[];
  codec: {
    remote: RemoteCodec;
    /** The web pages that may have payloads decoded, by their exact origins. */
    origins: readonly string[];
    /** Whether callers on this machine need no token: in the sandbox, whose Temporal Web has none. */
    opensOnLoopback: boolean;
  };
  /** What callers may use up; a reasonable amount unless said. */
  limits?: Limits;
  /** Which addresses a brand may have dialled. */
  judgeAddress: Judge;
  /** The token of the environment, which holds every brand and scope. */
  adminToken: string;
  /** The file that draws the page of the API's description. */
  docsScript: string;
  metrics: Metrics;
  log: Logger;
  now: () => Date;
}

/** What routes are answered with. */
export interface RouteParts extends ApiParts {
  /** The description of the API, as JSON: made once from the table of routes. */
  openapi: string;
}
