import { locateServer } from './locate';
import { freePort, PORT_VARIABLES } from './port';
import { startTemporalServer, type SearchAttribute } from './start';

/** A Temporal server to work with: ours, or the one that the environment names. */
export interface EmbeddedTemporal {
  address: string;
  uiUrl?: string;
  stop(): Promise<void>;
}

interface Options {
  env: NodeJS.ProcessEnv;
  dbFilename: string;
  searchAttributes: readonly SearchAttribute[];
  /** Where Temporal Web has payloads decoded. */
  codecEndpoint: string;
  report(line: string): void;
}

const USUAL_PORT = 7_233;
const USUAL_UI_PORT = 8_233;

/** The server that `TEMPORAL_ADDRESS` names; else one of our own, found or fetched, on the usual ports where they are free. */
export async function startEmbeddedTemporal({
  env,
  dbFilename,
  searchAttributes,
  codecEndpoint,
  report,
}: Options): Promise<EmbeddedTemporal> {
  const named = env['TEMPORAL_ADDRESS'];
  if (named !== undefined && named !== '') {
    report(`Temporal: ${named} (TEMPORAL_ADDRESS)`);
    return { address: named, stop: () => Promise.resolve() };
  }
  const executable = await locateServer('temporal', { env, report });
  const server = await startTemporalServer({
    executable,
    port: await portOf(env[PORT_VARIABLES.port], USUAL_PORT),
    uiPort: await portOf(env[PORT_VARIABLES.uiPort], USUAL_UI_PORT),
    dbFilename,
    searchAttributes,
    codecEndpoint,
  });
  report(`Temporal: ${server.address}, Temporal Web ${server.uiUrl ?? 'off'} (${executable})`);
  return server;
}

/** A port that was asked for is taken or refused; the usual one gives way to a free one. */
async function portOf(asked: string | undefined, usual: number): Promise<number> {
  if (asked !== undefined && asked !== '') return Number(asked);
  return freePort(usual).catch(() => freePort());
}
