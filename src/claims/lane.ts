import { type FailureKind } from './failure';

/** The lanes: each does one thing at a time, none waits for another. `source` reads, the others act. */
export const LANES = ['source', 'klaim', 'command', 'report'] as const;
export type LaneName = (typeof LANES)[number];

/** Where a lane stands after its last attempt. */
export interface Lane {
  /** Attempts that did not lead on, since the last success or news. */
  attempts: number;
  /** Not before this time; null: at once. */
  retryAt: string | null;
  failure: { kind: FailureKind; message: string; at: string } | null;
}

export const READY: Lane = { attempts: 0, retryAt: null, failure: null };

/** Whether the lane may go now. */
export function isDue(lane: Lane, now: string): boolean {
  return lane.retryAt === null || lane.retryAt <= now;
}

/** A time some seconds later. */
export function later(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1_000).toISOString();
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const LONGEST_WAIT: Partial<Record<FailureKind, number>> = { rateLimited: 5 * MINUTE };

/**
 * After a failure: 1 minute, doubling to 1 hour, or to 5 minutes where only a turn is waited for. Who waits for a key is woken when it
 * works. `gone` waits for an operator.
 */
export function afterFailure(lane: Lane, failure: { kind: FailureKind; message: string }, now: string): Lane {
  const attempts = lane.attempts + 1;
  const longest = LONGEST_WAIT[failure.kind] ?? HOUR;
  const wait = Math.min(longest, MINUTE * 2 ** Math.min(attempts - 1, 10));
  const retryAt = failure.kind === 'gone' ? later(now, 365 * DAY) : later(now, wait);
  return { attempts, retryAt, failure: { ...failure, at: now } };
}

/** Waits between attempts that worked and did not yet show what is waited for: others may lag by seconds; later it is a matter of hours. */
const AGAIN_SECONDS = [2, 10, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR];
const SLOW_ATTEMPTS = 30;

/** After an attempt that worked and did not show it: sooner at first, then hourly, at last daily. */
export function afterFruitless(lane: Lane, now: string): Lane {
  const wait = lane.attempts >= SLOW_ATTEMPTS ? DAY : (AGAIN_SECONDS[lane.attempts] ?? HOUR);
  return { attempts: lane.attempts + 1, retryAt: later(now, wait), failure: null };
}
