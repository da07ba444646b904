import { type Logger } from 'pino';
import { inBackground } from '../background';
import { type Store } from '../store/store';

/** How the erasing goes about its work. */
export interface RetentionPace {
  /** From the end of one round to the next. */
  everyMs: number;
  /** After each step of some hundred bodies, so that webhooks that come in meanwhile hardly notice. */
  pauseMs: number;
}

const PACE: RetentionPace = { everyMs: 15 * 60_000, pauseMs: 100 };
/** One turn under the lease ends well within it; what is left is for the next turn. */
const LEASE_SECONDS = 60;
const TURN_MS = 30_000;
const DAY_MS = 24 * 3_600_000;

/** Erases what the intake log need not keep any longer. */
export interface Retention {
  /** Once. */
  start(): void;
  /** Ends with the step that is under way. */
  stop(): Promise<void>;
}

interface Parts {
  store: {
    brands: Pick<Store['brands'], 'get'>;
    deliveries: Pick<Store['deliveries'], 'brandsWithBodies' | 'eraseBodies'>;
    leases: Pick<Store['leases'], 'withLease'>;
  };
  log: Logger;
  now: () => Date;
  pace?: Partial<RetentionPace>;
}

/**
 * Erases the bodies of deliveries that are older than their brand's `retentionDays`, and all of a brand that is gone, from start to
 * stop. Of any number of processes one does it at a time. Pending deliveries keep their bodies, however old they are.
 */
export function createRetention({ store, log, now, pace }: Parts): Retention {
  const { everyMs, pauseMs } = { ...PACE, ...pace };
  const { signal, pause, start, stop } = inBackground(run);

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const isDone = await store.leases.withLease('retention', LEASE_SECONDS, eraseForATurn, signal).catch(later);
      await pause(isDone ? everyMs : pauseMs);
    }
  }

  /** Whether nothing is left to erase. */
  async function eraseForATurn(): Promise<boolean> {
    const end = performance.now() + TURN_MS;
    for (const brand of await store.deliveries.brandsWithBodies()) {
      const before = await cutOffOf(brand);
      let erased = 0;
      let isTimeOver = false;
      for (let step = 1; step > 0 && !isTimeOver; erased += step) {
        step = await store.deliveries.eraseBodies(brand, before);
        if (step > 0) await pause(pauseMs);
        isTimeOver = signal.aborted || performance.now() > end;
      }
      if (erased > 0) log.info({ brand, before, erased }, 'bodies of old deliveries erased');
      if (isTimeOver) return false;
    }
    return true;
  }

  async function cutOffOf(brand: string): Promise<string> {
    const config = await store.brands.get(brand);
    const days = config?.policy.retentionDays ?? 0;
    return new Date(now().getTime() - days * DAY_MS).toISOString();
  }

  /** The database is down, or another process has the lease: the next round will do. */
  function later(error: unknown): boolean {
    if (!signal.aborted) log.warn({ err: error }, 'old deliveries could not be erased; tried again later');
    return true;
  }

  return { start, stop };
}
