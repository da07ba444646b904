import { join } from 'node:path';
import { type DataConverter } from '@temporalio/common';
import { type ClientConnectConfig } from '@temporalio/envconfig';
import { type WorkflowBundleOption } from '@temporalio/worker';
import { type Logger } from 'pino';
import { createActivities } from './activities';
import { createApi } from './api/app';
import { type ApiParts } from './api/parts';
import { listen } from './api/server';
import { workerProbes } from './api/worker-probes';
import { type Config } from './config';
import { createDispatcher } from './intake/dispatcher';
import { createReceive } from './intake/receive';
import { createRejectionLog } from './intake/rejections';
import { createRetention } from './intake/retention';
import { createBrandBackend } from './integrations/brand-backend/client';
import { createEgressDispatcher } from './integrations/egress/dispatcher';
import { createJudge, type Judge } from './integrations/egress/judge';
import { createHttp, type Http } from './integrations/http';
import { createBudget } from './integrations/kustomer/budget/budget';
import { createKustomer } from './integrations/kustomer/client';
import { createKustomerSetup } from './integrations/kustomer/setup';
import { createOrderProtection } from './integrations/order-protection/client';
import { keyChecks } from './keys/checks';
import { createKeyWatch } from './keys/watch';
import { createMetrics, type Metrics } from './metrics';
import { migrate, openDatabase } from './store/database';
import { createStore, type Store } from './store/store';
import { createVault, type Vault } from './store/vault';
import { createClaims } from './temporal/claims';
import { connectWorker, DEFAULT_NAMESPACE, lazyClient } from './temporal/connection';
import { createDataConverter } from './temporal/data-converter';
import { createPayloadSeal, type PayloadSeal } from './temporal/payload-seal';
import { createRemoteCodec } from './temporal/remote-codec';
import { startRunner } from './temporal/runner';
import { createOpenClaims } from './temporal/open-claims';
import { createSignalClaim } from './temporal/signal-claim';
import { createWorkers } from './temporal/worker';

/** Where the build puts the workflow bundle: beside the compiled sources. */
export const WORKFLOW_BUNDLE = { codePath: join(__dirname, '..', 'workflow-bundle.js') };

/** Where the build puts the script of the page /docs. */
const DOCS_SCRIPT = join(__dirname, '..', 'scalar.js');

/** What one process does: take webhooks and callbacks, do the work, or both. */
export interface Roles {
  api: boolean;
  worker: boolean;
}

export interface ServiceOptions {
  config: Config;
  temporal: ClientConnectConfig;
  roles: Roles;
  log: Logger;
  workflowBundle: WorkflowBundleOption;
  /** Whether callers on this machine have payloads decoded without a token; never unless said. */
  opensCodecOnLoopback?: boolean;
  /** Seals what is stored and what Temporal keeps; by the configured master keys unless given. */
  vault?: Vault;
}

/** A running part of the service. */
interface Part {
  /** Rejects when it ends by itself. */
  ended?: Promise<void>;
  stop(): Promise<void>;
}

/** A running service. */
export interface Service {
  /** The port of the API; null without that role. */
  port: number | null;
  /** Resolves when webhooks are taken and the worker polls. */
  ready: Promise<void>;
  /** Rejects when a part ends by itself. */
  ended: Promise<unknown>;
  /** Finishes what is in flight, then stops. */
  stop(): Promise<void>;
}

/** Builds and starts the roles from the configuration. Temporal need not be up: webhooks are stored, and the worker waits for it. */
export async function startService({
  config,
  temporal,
  roles,
  log,
  workflowBundle,
  opensCodecOnLoopback = false,
  vault = createVault(config.masterKeys),
}: ServiceOptions): Promise<Service> {
  const database = await openDatabase({ dataDir: config.dataDir, url: config.databaseUrl ?? undefined });
  const store = createStore(database, vault);
  const seal = sealFor(vault, log);
  const dataConverter = createDataConverter(seal);
  const judgeAddress = createJudge(config.egressAllow);
  const egress = createEgressDispatcher(judgeAddress);
  const http = createHttp(egress);
  const parts: Part[] = [{ stop: () => egress.destroy() }];
  const stop = (): Promise<void> => stopAll([{ stop: store.close }, ...parts]);
  try {
    // The embedded database belongs to this process alone, so nobody else can bring it up to date.
    if (config.databaseUrl === null) await migrate(database);
    await store.ping();
    await store.masterKeys.use();
    const metrics = createMetrics(
      roles.api
        ? { backlog: () => store.deliveries.backlog(), refusedKeys: () => store.refusedKeys.count() }
        : undefined,
    );
    const worker = roles.worker
      ? startWorker(store, http, config, temporal, dataConverter, log, metrics, workflowBundle)
      : null;
    if (worker !== null) parts.push(worker);
    if (worker !== null && !roles.api && config.workerPort !== null) {
      const needs = (): Record<string, Promise<void>> => ({ database: store.ping(), temporal: worker.ping() });
      const probes = await listen(workerProbes({ needs, metrics, log }), config.workerPort);
      parts.push({ stop: probes.close });
    }
    const codec = {
      remote: createRemoteCodec(seal),
      origins: config.codecOrigins,
      opensOnLoopback: opensCodecOnLoopback,
    };
    const api = roles.api
      ? await startApi(store, http, judgeAddress, config, temporal, dataConverter, codec, log, metrics)
      : null;
    if (api !== null) parts.push(api);
    return {
      port: api?.port ?? null,
      ready: worker?.ready ?? Promise.resolve(),
      ended: Promise.race(parts.map(({ ended }) => ended ?? new Promise<never>(() => undefined))),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Stops the newest first. What fails to stop must not keep the rest up: it is told of at the end. */
async function stopAll(parts: readonly Part[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts.toReversed()) await part.stop().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** The seal of Temporal's payloads; what does not open is said in the log. */
export function sealFor(vault: Vault, log: Logger): PayloadSeal {
  return createPayloadSeal(vault, (reason) => log.warn({ reason }, 'a Temporal payload cannot be opened'));
}

function startWorker(
  store: Store,
  http: Http,
  config: Config,
  temporal: ClientConnectConfig,
  dataConverter: DataConverter,
  log: Logger,
  metrics: Metrics,
  workflowBundle: WorkflowBundleOption,
) {
  const client = lazyClient(temporal, dataConverter);
  const openClaims = createOpenClaims(client);
  const orderProtection = createOrderProtection(http);
  const kustomer = createKustomer({
    http,
    budget: createBudget(store.requestBudgets),
    lease: store.leases.withLease,
  });
  const activities = createActivities({
    store,
    openClaims,
    orderProtection,
    kustomer,
    brandBackend: createBrandBackend(http),
    publicUrl: config.publicUrl,
  });
  const namespace = temporal.namespace ?? DEFAULT_NAMESPACE;
  const runner = startRunner({
    connect: () => connectWorker(temporal),
    build: (connection) => createWorkers({ connection, namespace, dataConverter, activities, workflowBundle, metrics }),
    log,
  });
  const checks = keyChecks(kustomer, orderProtection);
  const keyWatch = createKeyWatch({ store, checks, wake: openClaims.tellKeyWorks, log });
  keyWatch.start();
  return {
    ...runner,
    /** Rejects unless the workers poll. */
    ping: async (): Promise<void> => {
      if (!runner.isRunning()) throw new Error('the workers do not run (yet)');
    },
    stop: async (): Promise<void> => {
      await keyWatch.stop();
      await runner.stop().finally(() => client.connection.close());
    },
  };
}

async function startApi(
  store: Store,
  http: Http,
  judgeAddress: Judge,
  config: Config,
  temporal: ClientConnectConfig,
  dataConverter: DataConverter,
  codec: ApiParts['codec'],
  log: Logger,
  metrics: Metrics,
) {
  const client = lazyClient(temporal, dataConverter);
  const dispatcher = createDispatcher({ store, temporal: createSignalClaim(client), metrics, log });
  const now = (): Date => new Date();
  const rejections = createRejectionLog(log);
  const retention = createRetention({ store, log, now });
  const api = createApi({
    store,
    claims: createClaims(client, store.completed, config.temporalUiUrl),
    kustomer: createKustomerSetup({ http, budget: createBudget(store.requestBudgets) }),
    receive: createReceive({ store, now }),
    rejections,
    trustedProxies: config.trustedProxies,
    codec,
    judgeAddress,
    adminToken: config.adminToken,
    docsScript: DOCS_SCRIPT,
    metrics,
    log,
    now,
  });
  const listening = await listen(api, config.port);
  dispatcher.start();
  retention.start();
  return {
    port: listening.port,
    stop: async (): Promise<void> => {
      await listening.close();
      rejections.stop();
      await Promise.all([dispatcher.stop(), retention.stop()]);
      await client.connection.close();
    },
  };
}
