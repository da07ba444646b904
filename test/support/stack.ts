import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client } from '@temporalio/client';
import { type Addresses } from '../../sandbox/addresses';
import { apiOf, type Api } from '../../sandbox/claims/api';
import { DEMO, onboard } from '../../sandbox/onboard';
import { filesIn } from '../../sandbox/files';
import { loadSecrets, saveSecrets, type Secrets } from '../../sandbox/secrets';
import { introduce, SIMULATORS_RANGES, startSimulators, type Simulators } from '../../sandbox/simulators';
import { freePort } from '../../sandbox/temporal-server/port';
import { type ClaimView } from '../../src/claims/view';
import { copyEmptyEmbedded } from './empty-embedded';
import { newGivenDatabase } from './given-database';
import { clientFor, LOG_LEVEL, startInProcess, type RunningService, type Start } from './service';
import { startOwnTemporalServer } from './temporal-server';
import { until } from '../../sandbox/claims/until';

/** The whole product over real parts: a Temporal server of its own, a database, HTTP to the simulators. */
export interface Stack extends Simulators {
  addresses: Addresses;
  api: Api;
  client: Client;
  secrets: Secrets;
  env: Record<string, string>;
  /** The service; replaced when it is started again. */
  service: RunningService;
  /** Starts the service again after it was stopped or killed. */
  startService(start?: Start): Promise<void>;
  temporal: Stoppable;
  /** Starts the Temporal server again, on the same port and state, after it was stopped or killed. */
  startTemporal(): Promise<void>;
  /** Puts the brand's configuration once more, with the secrets as they are now, and with these sections in place of the demo brand's. */
  onboard(sections?: Record<string, unknown>): Promise<void>;
  claim(claimId: string): Promise<ClaimView | null>;
  /** Waits until the claim looks as wanted. */
  claimWhen(
    claimId: string,
    what: string,
    wanted: (claim: ClaimView) => boolean,
    withinMs?: number,
  ): Promise<ClaimView>;
  stop(): Promise<void>;
}

interface Stoppable {
  address: string;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** More of the service's environment. */
  env?: Record<string, string>;
  start?: Start;
  /** Over the demo brand's configuration. */
  policy?: Record<string, number>;
  /** Starts the Temporal server on this port with this state file; a dev server of the stack's own unless said. */
  startTemporal?: (port: number, dbFilename: string) => Promise<Stoppable>;
}

const ownDevServer = (port: number, dbFilename: string): Promise<Stoppable> =>
  startOwnTemporalServer({ port, dbFilename });

export async function startStack({
  start = startInProcess,
  policy,
  startTemporal = ownDevServer,
  env: more = {},
}: StackOptions = {}): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'claimkeeper-'));
  await copyEmptyEmbedded(dataDir);
  const files = filesIn(dataDir);
  const secrets = await loadSecrets(files.secrets);
  const port = await freePort();
  const temporal = await startTemporal(port, files.temporal);
  const apiPort = await freePort();
  const simulators = await startSimulators();
  const database = await newGivenDatabase();
  const env = {
    CLAIMKEEPER_DATA_DIR: dataDir,
    CLAIMKEEPER_MASTER_KEYS: secrets.masterKey,
    CLAIMKEEPER_ADMIN_TOKEN: secrets.adminToken,
    CLAIMKEEPER_EGRESS_ALLOW: SIMULATORS_RANGES,
    CLAIMKEEPER_PUBLIC_URL: `http://127.0.0.1:${apiPort}`,
    TEMPORAL_ADDRESS: temporal.address,
    PORT: String(apiPort),
    LOG_LEVEL,
    ...(database === null ? {} : { DATABASE_URL: database.url }),
    ...more,
  };
  const addresses: Addresses = {
    api: env.CLAIMKEEPER_PUBLIC_URL,
    adminToken: secrets.adminToken,
    brand: DEMO.brand,
    webhookSecret: secrets.webhookSecret,
    temporal: env.TEMPORAL_ADDRESS,
    temporalUi: null,
    kustomer: simulators.kustomer.url,
    orderProtection: simulators.orderProtection.url,
    brandBackend: simulators.brandBackend.url,
    karla: simulators.karla.url,
  };
  const client = clientFor(env);
  const api = apiOf(addresses);
  const claim = async (claimId: string): Promise<ClaimView | null> => {
    const { status, body } = await api.call('GET', `/v1/brands/${DEMO.brand}/claims/${encodeURIComponent(claimId)}`);
    return status === 200 ? (body as ClaimView) : null;
  };

  const stack: Stack = {
    ...simulators,
    addresses,
    api,
    client,
    secrets,
    env,
    temporal,
    service: await start(env),
    async startService(again = start) {
      stack.service = await again(env);
    },
    async startTemporal() {
      stack.temporal = await startTemporal(port, files.temporal);
    },
    async onboard(sections = {}) {
      await onboard(addresses, secrets, { ...(policy === undefined ? {} : { policy }), ...sections });
    },
    claim,
    async claimWhen(claimId, what, wanted, withinMs) {
      let last: ClaimView | null = null;
      try {
        return await until(
          what,
          async () => ((last = await claim(claimId)) !== null && wanted(last) ? last : null),
          withinMs,
        );
      } catch (error) {
        throw new Error(`claim ${claimId} never was ${what}; last seen: ${JSON.stringify(last, null, 1)}`, {
          cause: error,
        });
      }
    },
    async stop() {
      await stack.service.stop();
      await client.connection.close();
      for (const simulator of Object.values(simulators)) await simulator.stop();
      await stack.temporal.stop();
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  const backendToken = await onboard(addresses, secrets, policy === undefined ? {} : { policy });
  secrets.backendToken = backendToken;
  await saveSecrets(files.secrets, secrets);
  await introduce(simulators, addresses, { ...secrets, backendToken });
  return stack;
}
