import pino, { type Logger } from 'pino';

/** The log: JSON lines on standard error, so that standard output is the program's own. */
export function createLog(level: string): Logger {
  return pino({ level, base: { service: 'claimkeeper' } }, pino.destination(2));
}
