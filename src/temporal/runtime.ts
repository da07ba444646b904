import { DefaultLogger, Runtime } from '@temporalio/worker';
import { type Logger } from 'pino';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;

/** Said of every worker that has only activities, as three of ours do on purpose. */
const EXPECTED = 'No workflows registered';

/**
 * Sends what Temporal's SDK has to say through our log, once per process and before the first worker. Its notices are details to us.
 * Gives what ends that part of the SDK, which else keeps the process up: the end of the last worker does it too, but there may never be one.
 */
export function logTemporalBy(log: Logger): () => Promise<void> {
  const logger = new DefaultLogger('INFO', ({ level, message, meta }) => {
    log[message.startsWith(EXPECTED) ? 'debug' : LEVELS[level]]({ ...meta }, message);
  });
  const runtime = Runtime.install({ logger, telemetryOptions: { logging: { forward: {}, filter: 'WARN' } } });
  return () => runtime.shutdown();
}
