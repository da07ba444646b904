/** How many requests are leased together: one write seldom needs more. */
export const BLOCK = 8;

/** Leased requests that are not sent by then are forfeit, so that nobody hoards them for the next minute. */
export const BLOCK_LIVES_MS = 5_000;

const MINUTE_MS = 60_000;

/** How a budget of so many requests a minute is dealt out. */
export interface Pace {
  /** Requests that may be leased at once after a pause, and milliseconds until one more may be. */
  capacity: number;
  intervalMs: number;
  /** Requests of one lease: more of them where the budget is large, so that leasing costs little. */
  lease: number;
}

/**
 * Never more than `perMinute` requests (at least 60) are sent in any minute, wherever it begins: those of a minute were leased in
 * that minute or `BLOCK_LIVES_MS` before it, and in that time no more are leased than the capacity and one per interval.
 */
export function paceOf(perMinute: number): Pace {
  const capacity = Math.max(2 * BLOCK, Math.floor(perMinute / 10));
  const intervalMs = (MINUTE_MS + BLOCK_LIVES_MS) / (perMinute - capacity);
  return { capacity, intervalMs, lease: Math.max(BLOCK, Math.floor(perMinute / 100)) };
}
