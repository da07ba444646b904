import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Client } from '@temporalio/client';
import { until } from '../../sandbox/claims/until';
import { loadConfig } from '../../src/config';
import { createLog } from '../../src/log';
import { sealFor, startService, type ServiceOptions } from '../../src/service';
import { createVault } from '../../src/store/vault';
import { lazyClient, temporalConfig } from '../../src/temporal/connection';
import { createDataConverter } from '../../src/temporal/data-converter';
import { logTemporalBy } from '../../src/temporal/runtime';
import { keepNoWorkflows } from './no-workflow-cache';
import { fromGlobalSetup } from './test-environment';

/** A service of the tests, in this process or one of its own. */
export interface RunningService {
  stop(): Promise<void>;
  /** As a crash of the machine would: no warning, nothing finished. Only for a service in a process of its own. */
  kill(): Promise<void>;
}

export type Start = (env: Record<string, string>) => Promise<RunningService>;

const root = join(__dirname, '..', '..');

/** What the service logs in tests: nothing, unless TEST_LOG_LEVEL says otherwise. */
export const LOG_LEVEL = process.env['TEST_LOG_LEVEL'] ?? 'silent';

/** Temporal's runtime takes its log once per process. */
let isLogged = false;

/** Has Temporal's SDK log by the tests' level, or to the log given; before anything else of it is used. */
export function logTemporalOnce(log = createLog(LOG_LEVEL)): void {
  if (!isLogged) logTemporalBy(log);
  isLogged = true;
}

/** A client that seals and opens payloads as the service does. */
export function clientFor(env: Record<string, string>): Client {
  const seal = sealFor(createVault(loadConfig(env).masterKeys), createLog(LOG_LEVEL));
  return lazyClient(temporalConfig(env), createDataConverter(seal));
}

/** Both roles in this process, with parts of the test's own. */
export const startInProcessWith =
  (parts: Partial<Pick<ServiceOptions, 'vault' | 'log'>>): Start =>
  async (env) => {
    const config = loadConfig(env);
    logTemporalOnce();
    if (process.env['TEST_WORKFLOW_CACHE'] === 'off') keepNoWorkflows();
    const service = await startService({
      config,
      temporal: temporalConfig(env),
      roles: { api: true, worker: true },
      log: createLog(config.logLevel),
      workflowBundle: { codePath: fromGlobalSetup('TEST_WORKFLOW_BUNDLE') },
      ...parts,
    });
    service.ended.catch(() => undefined);
    await service.ready;
    return {
      stop: () => service.stop(),
      kill: () => Promise.reject(new Error('this service shares the process of the test')),
    };
  };

/** Both roles in this process. */
export const startInProcess: Start = startInProcessWith({});

/** Both roles by the built command line in a process of its own, which can be killed. */
export const startProcess: Start = async (env) => {
  const child = spawn(process.execPath, [join(root, 'dist', 'src', 'main.js'), 'serve'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await until('a service that is ready', () => isReady(child, env), 120_000);
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return { stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
};

async function isReady(child: ChildProcess, { PORT }: Record<string, string>): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`the service ended with exit code ${child.exitCode}`);
  const answer = await fetch(`http://127.0.0.1:${PORT}/readyz`).catch(() => null);
  return answer?.status === 200;
}
