import { type Logger } from 'pino';
import { inBackground } from '../background';
import { PartnerError } from '../integrations/partner-error';
import { type BrandConfig } from '../store/brand-config';
import { type Store } from '../store/store';
import { tellKeys, withKey } from './with-key';

/** Asks a partner, with as little as it takes, whether it takes a brand's key. @throws PartnerError */
export interface KeyCheck {
  partner: string;
  /** Null where the brand has none. */
  keyIn(config: BrandConfig): string | null;
  check(config: BrandConfig, signal: AbortSignal): Promise<void>;
  /** Whether it is asked without a reason, too; else only while the key is known to be refused. */
  isWatched: boolean;
}

/** How the watch goes about its work. */
export interface WatchPace {
  /** From one check of all keys to the next. */
  everyMs: number;
  /** Between two looks for claims that may go on. */
  tickMs: number;
}

interface Parts {
  store: Pick<Store, 'brands' | 'leases' | 'refusedKeys' | 'keyWaits'>;
  checks: readonly KeyCheck[];
  /** Has a claim that waits for a key try again. */
  wake(brand: string, claimId: string): Promise<void>;
  log: Logger;
  pace?: Partial<WatchPace>;
}

const PACE: WatchPace = { everyMs: 25_000, tickMs: 2_000 };
/** A check ends well within the lease, so that another process takes over in time when this one dies. */
const CHECK_MS = 10_000;
const LEASE_SECONDS = 40;
/** Brands are asked in parallel, but not all at once. */
const AT_ONCE = 20;
/** Requests that it takes to write one Klaim. */
const REQUESTS = 4;
const USUAL_PER_MINUTE = 300;

/** Tries a lease once, without waiting. */
const AT_ONCE_OR_NOT = AbortSignal.abort();

/**
 * Keeps an eye on the brands' keys, also where nothing happens: a dead one is seen within a minute. When a key works again, or another
 * is put, the claims that waited for it go on, the one that waited longest first, no faster than the brand's requests allow. Of any
 * number of processes one does it at a time.
 */
export function createKeyWatch({ store, checks, wake, log, pace }: Parts): { start(): void; stop(): Promise<void> } {
  const { everyMs, tickMs } = { ...PACE, ...pace };
  const told = tellKeys({
    info: (words, fields) => log.info(fields, words),
    error: (words, fields) => log.error(fields, words),
  });
  const { signal, pause, start, stop } = inBackground(run);

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await store.leases.withLease('keys', LEASE_SECONDS, watchForATurn, AT_ONCE_OR_NOT).catch(later);
      await pause(tickMs);
    }
  }

  async function watchForATurn(): Promise<void> {
    const end = performance.now() + everyMs;
    const checking = checkAll();
    try {
      do {
        await wakeSome();
        await pause(tickMs);
      } while (!signal.aborted && performance.now() < end);
    } finally {
      await checking;
    }
  }

  async function checkAll(): Promise<void> {
    const brands = (await store.brands.list()).map(({ brand }) => brand);
    const lanes = Array.from({ length: AT_ONCE }, async () => {
      for (let brand = brands.pop(); brand !== undefined && !signal.aborted; brand = brands.pop()) {
        await pause(Math.random() * tickMs);
        await checkBrand(brand);
      }
    });
    await Promise.all(lanes);
  }

  async function checkBrand(brand: string): Promise<void> {
    const config = await store.brands.get(brand);
    if (config === null) return;
    const refused = (await store.refusedKeys.list(brand)).map(({ partner }) => partner);
    for (const { partner, keyIn, check, isWatched } of checks) {
      const key = keyIn(config);
      if (key === null || !(isWatched || refused.includes(partner))) continue;
      const until = AbortSignal.any([signal, AbortSignal.timeout(CHECK_MS)]);
      await withKey(store.refusedKeys, { brand, partner, key }, told, () => check(config, until)).catch(saysNothing);
    }
  }

  /** As many of each brand's claims as its requests allow until the next look. */
  async function wakeSome(): Promise<void> {
    for (const brand of await store.keyWaits.brandsToWake()) {
      const perMinute = (await store.brands.get(brand))?.kustomer?.requestsPerMinute ?? USUAL_PER_MINUTE;
      const count = Math.max(1, Math.floor((perMinute / 60_000 / REQUESTS) * tickMs));
      for (const wait of await store.keyWaits.oldest(brand, count)) {
        await wake(brand, wait.claimId);
        await store.keyWaits.woken(wait);
      }
    }
  }

  /** The database or Temporal is down, or another process has the lease: there is a next time. */
  function later(error: unknown): void {
    if (!signal.aborted && error !== AT_ONCE_OR_NOT.reason && (error as Error).name !== 'AbortError')
      log.warn({ err: error }, 'the keys could not be watched; tried again soon');
  }

  return { start, stop };
}

/** A refused key has been told of; a partner that does not answer, or has no time for this now, says nothing of the key. */
function saysNothing(error: unknown): void {
  if (!(error instanceof PartnerError)) throw error;
}
