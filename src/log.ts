import pino, { type DestinationStream, type Logger } from 'pino';
import { isError, redact, tellError } from './redact';

/**
 * Standard error, so that standard output is the program's own. Lines are written beside the work, several at once when there are
 * many, so that a slow reader of them holds up no answer; what is left is written when the process ends.
 */
const standardError = (): DestinationStream => pino.destination({ dest: 2, sync: false });

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
