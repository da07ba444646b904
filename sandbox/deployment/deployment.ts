import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Addresses } from '../addresses';
import { apiOf, type Api } from '../claims/api';
import { until } from '../claims/until';
import { filesIn } from '../files';
import { type RetrySchedule } from '../http/retry-schedule';
import { DEMO, onboard } from '../onboard';
import { loadSecrets, type Secrets } from '../secrets';
import { introduce, SIMULATORS_RANGES, startSimulators, type Simulators } from '../simulators';
import { type PostgresServer } from '../postgres-server';
import { locateServer } from '../temporal-server/locate';
import { freePort } from '../temporal-server/port';
import { startTemporalServer, type TemporalServer } from '../temporal-server/start';
import { startDatabase } from './database';
import { migrateDatabase, startServiceProcess, type Role, type ServiceProcess } from './service-process';

/** What can be taken away as a crash would, and given back with what it kept. */
export interface Restartable {
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** The product as it runs in production, in processes that can be killed: api and worker beside a database and a Temporal server, with simulators as partners. */
export interface Deployment {
  addresses: Addresses;
  api: Api;
  secrets: Secrets;
  simulators: Simulators;
  /** Its processes: api and worker, or one for both on the embedded database. */
  roles: readonly Role[];
  processOf(role: Role): ServiceProcess;
  temporal: Restartable;
  /** Null where it cannot be taken away alone. */
  database: Restartable | null;
  /** Puts the brand's configuration once more, with the secrets as they are now, and with these sections in place of what it was. */
  putBrand(sections?: Record<string, unknown>): Promise<void>;
  /** Ends everything and removes what was kept. */
  stop(): Promise<void>;
}

export interface DeploymentOptions {
  /** Api and worker in one process, as they always are on the embedded database. */
  inOneProcess: boolean;
  /** A server on which the deployment makes its database; one of its own, or the embedded database, unless given. */
  postgres?: PostgresServer | undefined;
  /** More of each process's environment. */
  envOf?: (role: Role) => Record<string, string>;
  /** A module that every process of the service loads before anything else. */
  preload?: string;
  /** Sections over the demo brand's configuration. */
  brand?: Record<string, unknown>;
  seed: number;
  /** How the partners repeat webhooks and callbacks. */
  retrySchedule: RetrySchedule;
  /** Gets one line per step of the set-up. */
  report(line: string): void;
  /** Told of each process that ended while it was to run, before it is started again. */
  onEnd?: (ended: ServiceProcess) => void;
}

/** A process that ended is started again, as a supervisor does it in production: after a moment, for ever. */
const RESTART_AFTER_MS = 200;

const READY_WITHIN_MS = 60_000;

/** Starts everything and brings the demo brand on. */
export async function startDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { report, brand = {}, preload, seed, retrySchedule } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'claimkeeper-'));
  const stops: (() => Promise<void>)[] = [() => rm(dataDir, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  try {
    const files = filesIn(dataDir);
    const secrets = await loadSecrets(files.secrets);
    const database = await startDatabase(options.postgres);
    stops.push(() => database.discard());

    const executable = await locateServer('temporal', { env: process.env, report });
    const startTemporal = (onPort: number): Promise<TemporalServer> =>
      startTemporalServer({ executable, port: onPort, dbFilename: files.temporal });
    let temporal = await repeatedly(async () => startTemporal(await freePort()));
    const temporalPort = Number(temporal.address.split(':').at(-1));
    stops.push(() => temporal.stop());

    const simulators = await startSimulators({}, {}, { seed, retrySchedule });
    for (const simulator of Object.values(simulators)) stops.push(() => simulator.stop());

    const port = await freePort();
    const env: Record<string, string> = {
      CLAIMKEEPER_DATA_DIR: dataDir,
      CLAIMKEEPER_MASTER_KEYS: secrets.masterKey,
      CLAIMKEEPER_ADMIN_TOKEN: secrets.adminToken,
      CLAIMKEEPER_EGRESS_ALLOW: SIMULATORS_RANGES,
      CLAIMKEEPER_PUBLIC_URL: `http://127.0.0.1:${port}`,
      TEMPORAL_ADDRESS: temporal.address,
      PORT: String(port),
      LOG_LEVEL: 'warn',
      ...database.env,
    };
    const addresses: Addresses = {
      api: `http://127.0.0.1:${port}`,
      adminToken: secrets.adminToken,
      brand: DEMO.brand,
      webhookSecret: secrets.webhookSecret,
      temporal: temporal.address,
      temporalUi: null,
      kustomer: simulators.kustomer.url,
      orderProtection: simulators.orderProtection.url,
      brandBackend: simulators.brandBackend.url,
      karla: simulators.karla.url,
    };
    await migrateDatabase(env);

    const roles: readonly Role[] = options.inOneProcess || !database.isShared ? ['both'] : ['api', 'worker'];
    const running = new Map<Role, ServiceProcess>();
    const stopping = new AbortController();
    const supervise = async (role: Role): Promise<void> => {
      while (!stopping.signal.aborted) {
        const started = startServiceProcess(role, { ...env, ...options.envOf?.(role) }, preload);
        running.set(role, started);
        await started.ended;
        if (!stopping.signal.aborted) options.onEnd?.(started);
        await sleep(RESTART_AFTER_MS);
      }
    };
    const processOf = (role: Role): ServiceProcess => {
      const found = running.get(role);
      if (found === undefined) throw new Error(`this deployment has no process "${role}"`);
      return found;
    };
    const supervised = roles.map(supervise);
    stops.push(async () => {
      stopping.abort();
      await Promise.all([...running.values()].map((each) => each.stop()));
      await Promise.all(supervised);
    });
    await untilReady(addresses.api, () => processOf(roles[0] ?? 'both'));

    secrets.backendToken = await onboard(addresses, secrets, brand);
    await introduce(simulators, addresses, secrets);
    report(`the service: ${roles.join(' and ')} at ${addresses.api}`);
    return {
      addresses,
      api: apiOf(addresses),
      secrets,
      simulators,
      roles,
      processOf,
      temporal: {
        stop: () => temporal.kill(),
        start: async () => {
          temporal = await repeatedly(() => startTemporal(temporalPort));
        },
      },
      database: database.restart,
      putBrand: async (sections = {}) => {
        await onboard(addresses, secrets, { ...brand, ...sections });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const ATTEMPTS = 4;

/** A port that was free a moment ago may have been taken by anybody's connection since: then once more. */
async function repeatedly<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(attempt * 500);
    }
  }
}

async function untilReady(url: string, started: () => ServiceProcess): Promise<void> {
  await until(
    'a service that is ready',
    async () => {
      if (started().hasEnded()) throw new Error(`the service ended: ${started().lastWords()}`);
      return (await fetch(`${url}/readyz`).catch(() => null))?.status === 200;
    },
    READY_WITHIN_MS,
  );
}
