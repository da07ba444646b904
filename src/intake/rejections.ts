import { type Logger } from 'pino';

/** A webhook that was not taken. Nothing of its secret or body is in it. */
export interface Rejection {
  source: string;
  brand: string;
  /** The problem that it was answered with. */
  reason: string;
  remoteAddress: string | null;
}

/** Tells of rejected webhooks. */
export interface RejectionLog {
  note(rejection: Rejection): void;
  /** Says what is not said yet, and ends. */
  stop(): void;
}

/** Lines per brand and reason in a minute; the rest is counted and said when the minute is over. */
const LINES = 5;
const MINUTE_MS = 60_000;
/** Names of brands that do not exist are as many as somebody likes to try, so they share one count. */
const UNKNOWN_BRAND = 'unknown-brand';

/** Writes warnings, and few of them whatever comes in: a sender with an old secret, or a stranger who tries. */
export function createRejectionLog(log: Logger): RejectionLog {
  let minute = new Map<string, { last: Rejection; count: number }>();
  let end: NodeJS.Timeout | undefined;

  function sum(): void {
    for (const { last, count } of minute.values()) {
      const { source, brand, reason } = last;
      if (count > LINES) log.warn({ source, brand, reason, more: count - LINES }, 'more webhooks were rejected');
    }
    minute = new Map();
    clearTimeout(end);
    end = undefined;
  }

  return {
    note(rejection) {
      const { source, brand, reason } = rejection;
      end ??= setTimeout(sum, MINUTE_MS).unref();
      const key = JSON.stringify([source, reason === UNKNOWN_BRAND ? null : brand, reason]);
      const count = (minute.get(key)?.count ?? 0) + 1;
      minute.set(key, { last: rejection, count });
      if (count <= LINES) log.warn({ ...rejection }, 'webhook rejected');
    },
    stop: sum,
  };
}
