import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { type Guarded, startGuarded } from './guarded';
import { freePort, HOST, isListening, PORT_VARIABLES, PortTaken } from './port';

/** The words of @temporalio/client's search attribute types, and the command line's for the same. */
const SEARCH_ATTRIBUTE_TYPES = { KEYWORD: 'Keyword', DATETIME: 'Datetime' } as const;

const READY_WITHIN_MS = 30_000;
const ASK_AGAIN_MS = 50;

export interface SearchAttribute {
  name: string;
  type: keyof typeof SEARCH_ATTRIBUTE_TYPES;
}

export interface TemporalServerOptions {
  /** Temporal's command line; see `locateServer`. */
  executable: string;
  /** 0, the default, takes a free one. */
  port?: number;
  /** Without it there is no Temporal Web; 0 takes a free one. */
  uiPort?: number;
  /** Where the server keeps its state; without it, in memory. */
  dbFilename?: string;
  searchAttributes?: readonly SearchAttribute[];
  /** The address at which Temporal Web has payloads decoded. */
  codecEndpoint?: string;
  /** Settings of the server itself (Temporal, "Dynamic configuration"). */
  dynamicConfig?: Readonly<Record<string, string | number>>;
  logLevel?: 'debug' | 'info' | 'warn' | 'error' | 'never';
}

export interface TemporalServer extends Guarded {
  address: string;
  /** Absent without Temporal Web. */
  uiUrl?: string;
}

/**
 * Starts Temporal's dev server on this machine only and waits until its namespace answers. It ends with this process, however this
 * process ends. Rejects with PortTaken, or with the server's last words when it does not come up.
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const port = await requirePort(options.port ?? 0, 'the Temporal server', PORT_VARIABLES.port);
  const uiPort =
    options.uiPort === undefined ? undefined : await requirePort(options.uiPort, 'Temporal Web', PORT_VARIABLES.uiPort);
  if (options.dbFilename !== undefined) await mkdir(path.dirname(options.dbFilename), { recursive: true });
  const server = startGuarded(
    options.executable,
    argumentsFor(options, port, uiPort),
    withoutTemporalSettings(process.env),
  );
  const address = `${HOST}:${port}`;
  try {
    await untilReady(server, port);
  } catch (error) {
    await server.kill();
    throw error;
  }
  return { ...server, address, ...(uiPort === undefined ? {} : { uiUrl: `http://${HOST}:${uiPort}` }) };
}

async function requirePort(wanted: number, what: string, variable: string): Promise<number> {
  try {
    return await freePort(wanted);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_SOCKET_BAD_PORT') {
      throw new Error(`${variable} must be a port, 0 to 65535 (0 takes a free one).`, { cause: error });
    }
    if (code !== 'EADDRINUSE') throw error;
    const remedy = `set ${variable} to another port, or TEMPORAL_ADDRESS to a Temporal server that is running already`;
    throw new PortTaken(wanted, what, remedy, { cause: error });
  }
}

function argumentsFor(options: TemporalServerOptions, port: number, uiPort: number | undefined): string[] {
  const { dbFilename, searchAttributes = [], codecEndpoint, dynamicConfig = {}, logLevel = 'warn' } = options;
  // Off as in @temporalio/testing: the server would ask the network whether there is a newer one.
  const settings = { 'frontend.enableServerVersionCheck': 'false', ...dynamicConfig };
  return [
    ...['server', 'start-dev', '--ip', HOST, '--port', String(port), '--log-level', logLevel],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...(dbFilename === undefined ? [] : ['--db-filename', dbFilename]),
    ...(codecEndpoint === undefined ? [] : ['--ui-codec-endpoint', codecEndpoint]),
    ...searchAttributes.flatMap(({ name, type }) => ['--search-attribute', `${name}=${SEARCH_ATTRIBUTE_TYPES[type]}`]),
    ...Object.entries(settings).flatMap(([name, value]) => ['--dynamic-config-value', `${name}=${value}`]),
  ];
}

/** The command line takes its own settings from TEMPORAL_*, which here are meant for clients. */
function withoutTemporalSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

async function untilReady(server: Guarded, port: number): Promise<void> {
  const deadline = AbortSignal.timeout(READY_WITHIN_MS);
  let over: string | undefined;
  void server.ended.then(() => (over = 'ended before it was ready'));
  while (!(await answers(port))) {
    if (deadline.aborted) over ??= `did not answer within ${READY_WITHIN_MS / 1000} s`;
    if (over !== undefined) throw new Error(`The Temporal server ${over}. It said:\n${server.lastWords()}`);
    await setTimeout(ASK_AGAIN_MS);
  }
}

async function answers(port: number): Promise<boolean> {
  if (!(await isListening(port))) return false; // A gRPC client that is refused waits for a second before it tries again.
  try {
    const connection = await Connection.connect({ address: `${HOST}:${port}`, connectTimeout: '1s' });
    try {
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false; // Not up yet. If it never comes up, the server's own words tell why.
  }
}
