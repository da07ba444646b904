import { setTimeout as sleep } from 'node:timers/promises';
import { PartnerError } from '../../partner-error';
import { PARTNER } from '../failure';
import { BLOCK, BLOCK_LIVES_MS, type Pace } from './pace';

/** The budgets that all workers share (src/store/request-budgets.ts). */
export interface SharedBudgets {
  lease(
    key: string,
    ask: {
      capacity: number;
      intervalMs: number;
      requests: number;
      atLeast: number;
      reserve: number;
      headroom: number;
    },
  ): Promise<{ granted: number; waitMs: number }>;
  pause(key: string, milliseconds: number): Promise<void>;
}

/** Leased requests. `until` is by `performance.now()`. */
export interface Block {
  left: number;
  until: number;
}

/** What the requests are for: to end what has begun, for a claim that somebody waits for, or for work that can wait. */
export type Purpose = 'going on' | 'live' | 'background';

/** The part of the capacity that is left to others, so that what has begun ends first and background work comes last. */
const RESERVES: Readonly<Record<Purpose, number>> = { 'going on': 0, live: 1 / 8, background: 1 / 2 };

/** So long an attempt that has not begun waits for its first requests; then it gives its place to others. */
const PATIENCE_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
/** What an answer said is believed for so long. */
const TOLD_LASTS_MS = 10_000;

/** What is left of the org's own budget, and how large it is, by the headers of an answer. */
export interface PartnerLimit {
  remaining: number;
  limit: number;
}

/** This part of the org's own budget is left to the brand's other integrations by whoever has not begun. */
const LEFT_TO_OTHERS = 0.05;

/** What this process has leased of one org's budget. */
export interface Purse {
  /** Requests to send. @throws PartnerError `rateLimited` when there are none soon. */
  take(purpose: Purpose, pace: Pace, signal?: AbortSignal): Promise<Block>;
  /** Gives back what was not used. */
  keep(block: Block): void;
  /** What the partner has said of its own budget for the org. */
  told(limit: PartnerLimit): void;
  /** The partner takes no more for so long: it has refused a request. */
  pause(milliseconds: number): Promise<void>;
}

export function createPurse(key: string, shared: SharedBudgets): Purse {
  let spare: Block[] = [];
  let told: PartnerLimit & { until: number } = { remaining: Infinity, limit: 0, until: 0 };
  let pausedUntil = 0;
  /** The end of each line: one at a time asks for each purpose, in the order of arrival. */
  const lines: Record<Purpose, Promise<unknown>> = {
    'going on': Promise.resolve(),
    live: Promise.resolve(),
    background: Promise.resolve(),
  };
  let lastPlace = 0;

  function fromSpare(): Block | null {
    const now = performance.now();
    spare = spare.filter(({ until }) => until > now && pausedUntil <= now);
    return spare.pop() ?? null;
  }

  async function lease(purpose: Purpose, pace: Pace): Promise<{ block: Block } | { waitMs: number }> {
    const now = performance.now();
    const others = purpose === 'going on' ? 0 : told.limit * LEFT_TO_OTHERS;
    const { granted, waitMs } = await shared.lease(key, {
      capacity: pace.capacity,
      intervalMs: pace.intervalMs,
      requests: pace.lease,
      atLeast: purpose === 'going on' ? 1 : BLOCK,
      reserve: Math.floor(pace.capacity * RESERVES[purpose]),
      headroom: told.until > now ? Math.floor(told.remaining - others) : pace.capacity,
    });
    const blocks = inBlocks(granted, now + BLOCK_LIVES_MS);
    const block = blocks.pop();
    spare.push(...blocks);
    return block === undefined ? { waitMs } : { block };
  }

  async function take(purpose: Purpose, pace: Pace, arrivedAt: number, signal?: AbortSignal): Promise<Block> {
    for (;;) {
      const found = fromSpare();
      if (found !== null) return found;
      const leased = await lease(purpose, pace);
      if ('block' in leased) return leased.block;
      const isPatient = purpose === 'going on' || performance.now() + leased.waitMs < arrivedAt + PATIENCE_MS;
      if (!isPatient) throw busy(placeInLine(leased.waitMs, pace));
      await pauseFor(leased.waitMs, signal);
    }
  }

  /** When to come again: those who are sent away come back one after the other, at the pace of the budget. */
  function placeInLine(waitMs: number, { intervalMs }: Pace): number {
    const now = performance.now();
    lastPlace = Math.min(Math.max(now + waitMs, lastPlace + BLOCK * intervalMs), now + LONGEST_WAIT_MS);
    return Math.round(lastPlace - now);
  }

  return {
    take(purpose, pace, signal) {
      const arrivedAt = performance.now();
      const turn = lines[purpose].then(() => take(purpose, pace, arrivedAt, signal));
      lines[purpose] = turn.catch(() => undefined);
      return turn;
    },
    keep(block) {
      if (block.left > 0) spare.push(block);
    },
    told(limit) {
      told = { ...limit, until: performance.now() + TOLD_LASTS_MS };
    },
    async pause(milliseconds) {
      pausedUntil = performance.now() + milliseconds;
      await shared.pause(key, milliseconds);
    },
  };
}

function inBlocks(requests: number, until: number): Block[] {
  const count = Math.ceil(requests / BLOCK);
  return Array.from({ length: count }, (_, index) => ({ left: Math.min(BLOCK, requests - index * BLOCK), until }));
}

function busy(retryAfterMs: number): PartnerError {
  const message = "the org's budget (kustomer.requestsPerMinute) is in use by others; this waits for its turn";
  return new PartnerError(PARTNER, 'rateLimited', message, retryAfterMs);
}

async function pauseFor(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (cause) {
    const message = "the attempt ended while waiting for the org's budget";
    throw new PartnerError(PARTNER, 'rateLimited', message, undefined, { cause });
  }
}
