import pino, { type DestinationStream, type Logger } from 'pino';
import { isError, redact, tellError } from './redact';

/**
 * Standard error, so that standard output is the program's own. Lines are written beside the work, and many together when there are
 * many, so that neither a slow reader nor a call of the system for each line holds up an answer; what is left is written when the process ends.
 */
const standardError = (): DestinationStream =>
  pino.destination({ dest: 2, sync: false, minLength: WRITE_FROM_BYTES, periodicFlush: WRITE_EVERY_MS });

const WRITE_FROM_BYTES = 4_096;
const WRITE_EVERY_MS = 100;

/** The log: JSON lines. Of errors it holds what may be told of them, under whatever name they are logged; every line is redacted as a whole. */
export function createLog(level: string, destination: DestinationStream = standardError()): Logger {
  return pino(
    {
      level,
      base: { service: 'claimkeeper' },
      formatters: { log: withToldErrors },
      // Pino's own for this name would read the told error as an error once more.
      serializers: { err: (told: unknown) => told },
      hooks: { streamWrite: redact },
    },
    destination,
  );
}

function withToldErrors(line: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(line).map(([name, value]) => [name, isError(value) ? tellError(value) : value]),
  );
}
