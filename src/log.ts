import pino, { type Logger } from 'pino';

/**
 * The log: JSON lines on standard error, so that standard output is the program's own. They are written beside the work, several
 * at once when there are many, so that a slow reader of them holds up no answer; what is left is written when the process ends.
 */
export function createLog(level: string): Logger {
  return pino({ level, base: { service: 'claimkeeper' } }, pino.destination({ dest: 2, sync: false }));
}
