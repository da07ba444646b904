import { AS_IN_THE_IMAGE } from '../../sandbox/deployment/service-process';
import { freePort } from '../../sandbox/temporal-server/port';
import { type Secrets } from '../../sandbox/secrets';
import { SIMULATORS_RANGES } from '../../sandbox/simulators';
import { type SiteDatabase } from './database';
import { startProcess, type RunningProcess } from './processes';
import { type Site } from './site';

/** The product as it is built, in processes of its own. */
export interface Product {
  url: string;
  /** The process that does the work; null when there is none. */
  worker: RunningProcess | null;
}

interface Options {
  database: SiteDatabase;
  temporalAddress: string;
  secrets: Secrets;
  roles: 'api' | 'both';
  /** More of the processes' environment. */
  env?: Record<string, string>;
}

/** Starts the roles, each in a process of its own; on the embedded database, which is for one process, both in one. */
export async function startProduct(
  site: Site,
  { database, temporalAddress, secrets, roles, env: more }: Options,
): Promise<Product> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...database.env,
    CLAIMKEEPER_MASTER_KEYS: secrets.masterKey,
    CLAIMKEEPER_ADMIN_TOKEN: secrets.adminToken,
    CLAIMKEEPER_EGRESS_ALLOW: SIMULATORS_RANGES,
    CLAIMKEEPER_PUBLIC_URL: url,
    TEMPORAL_ADDRESS: temporalAddress,
    PORT: String(port),
    LOG_LEVEL: 'info',
    ...AS_IN_THE_IMAGE,
    ...more,
  };
  const serve = (readyLine: string, ...args: string[]): Promise<RunningProcess> =>
    startProcess(site, { file: 'src/main.js', args: ['serve', ...args], env, readyLine });
  if (roles === 'both' && database.url === undefined) return { url, worker: await serve('worker runs') };
  const worker = roles === 'both' ? await serve('worker runs', '--worker') : null;
  await serve('claimkeeper serves', '--api');
  return { url, worker };
}
