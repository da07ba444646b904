import { SEARCH_ATTRIBUTES } from '../src/claims/messages';
import { loadConfig } from '../src/config';
import { createLog } from '../src/log';
import { startService, WORKFLOW_BUNDLE } from '../src/service';
import { lazyClient, temporalConfig } from '../src/temporal/connection';
import { registerSearchAttributes } from '../src/temporal/namespace';
import { logTemporalBy } from '../src/temporal/runtime';
import { writeAddresses, type Addresses } from './addresses';
import { filesIn } from './files';
import { DEMO, onboard } from './onboard';
import { loadSecrets, saveSecrets } from './secrets';
import { introduce, SIMULATORS_RANGES, startSimulators } from './simulators';
import { startEmbeddedTemporal } from './temporal-server/embedded';

/** Everything that runs. */
export interface Sandbox {
  addresses: Addresses;
  /** Rejects when a part of the service ends by itself. */
  ended: Promise<unknown>;
  /** Ends the service first, so that what is in flight can finish at its partners. */
  stop(): Promise<void>;
}

interface Options {
  env: NodeJS.ProcessEnv;
  /** Gets one line per step of the set-up. */
  report(line: string): void;
}

/** Where the simulators listen when nobody else does. */
const PORTS = { kustomer: 4_101, orderProtection: 4_102, brandBackend: 4_103, karla: 4_104 };

/** Starts a Temporal server, the simulators and the service, and brings on the demo brand. What was there before goes on. */
export async function startSandbox({ env, report }: Options): Promise<Sandbox> {
  const dataDir = env['CLAIMKEEPER_DATA_DIR'] ?? '.data';
  const files = filesIn(dataDir);
  const secrets = await loadSecrets(files.secrets);
  const running: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    for (const part of running.splice(0).toReversed()) await part.stop();
  };
  try {
    const searchAttributes = Object.values(SEARCH_ATTRIBUTES);
    const apiUrl = `http://127.0.0.1:${env['PORT'] ?? '8080'}`;
    const temporal = await startEmbeddedTemporal({
      env,
      dbFilename: files.temporal,
      searchAttributes,
      codecEndpoint: `${apiUrl}/codec`,
      report,
    });
    running.push(temporal);
    const simulators = await startSimulators(PORTS, files);
    running.push(...Object.values(simulators));
    report(
      `simulators: Kustomer ${simulators.kustomer.url}, Order Protection ${simulators.orderProtection.url}, brand backend ${simulators.brandBackend.url}, Karla ${simulators.karla.url}`,
    );

    const serviceEnv = {
      CLAIMKEEPER_MASTER_KEYS: secrets.masterKey,
      CLAIMKEEPER_ADMIN_TOKEN: secrets.adminToken,
      CLAIMKEEPER_PUBLIC_URL: apiUrl,
      LOG_LEVEL: 'error',
      ...env,
      CLAIMKEEPER_EGRESS_ALLOW: [SIMULATORS_RANGES, env['CLAIMKEEPER_EGRESS_ALLOW']].join(','),
      TEMPORAL_ADDRESS: temporal.address,
      ...(temporal.uiUrl === undefined ? {} : shownBy(temporal.uiUrl)),
    };
    const config = loadConfig(serviceEnv);
    const temporalClient = temporalConfig(serviceEnv);
    await prepareNamespace(temporalClient);
    const log = createLog(config.logLevel);
    running.push({ stop: logTemporalBy(log) });
    const service = await startService({
      config,
      temporal: temporalClient,
      roles: { api: true, worker: true },
      log,
      workflowBundle: WORKFLOW_BUNDLE,
      opensCodecOnLoopback: true,
    });
    running.push(service);
    await service.ready;
    report(`Claimkeeper: http://127.0.0.1:${service.port}`);

    const addresses: Addresses = {
      api: `http://127.0.0.1:${service.port}`,
      adminToken: config.adminToken,
      brand: DEMO.brand,
      webhookSecret: secrets.webhookSecret,
      temporal: temporal.address,
      temporalUi: temporal.uiUrl ?? null,
      kustomer: simulators.kustomer.url,
      orderProtection: simulators.orderProtection.url,
      brandBackend: simulators.brandBackend.url,
      karla: simulators.karla.url,
    };
    const backendToken = await onboard(addresses, secrets);
    await saveSecrets(files.secrets, { ...secrets, backendToken });
    await introduce(simulators, addresses, { ...secrets, backendToken });
    await writeAddresses(files.addresses, addresses);
    report(`brand "${DEMO.brand}" is on`);
    return { addresses, ended: service.ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Temporal Web's address, by whichever name of this machine a browser has it open. */
function shownBy(uiUrl: string): Record<string, string> {
  const origins = [uiUrl, uiUrl.replace('127.0.0.1', 'localhost')];
  return { CLAIMKEEPER_TEMPORAL_UI_URL: uiUrl, CLAIMKEEPER_CODEC_ORIGINS: origins.join(',') };
}

async function prepareNamespace(temporal: ReturnType<typeof temporalConfig>): Promise<void> {
  const client = lazyClient(temporal, {});
  try {
    await registerSearchAttributes(client);
  } finally {
    await client.connection.close();
  }
}
