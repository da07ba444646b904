import pLimit from 'p-limit';
import { type Logger } from 'pino';
import { type Metrics } from '../metrics';
import { type Delivery } from '../store/deliveries';
import { type Store } from '../store/store';
import { signalDelivery, writeOutcome, type Outcome, type Outcomes } from './deliver';
import { LEASE_SECONDS, type SignalClaim } from './signal-claim';
import { createWakeUp } from './wake-up';

/** How a dispatcher goes about its work. */
export interface Pace {
  /** Signals under way at once. */
  concurrency: number;
  leaseSeconds: number;
  /** What has waited longer for its turn is let go, because its lease could run out under the call, which takes 10 s at most. */
  turnWithinMs: number;
  /** A look at the log although nothing was announced: for leases of dead dispatchers, and lost notices. */
  sweepMs: number;
  /** While Temporal or the database is down, one attempt at a time, this long apart. */
  probeMs: number;
}

/** The pace unless told. */
export const PACE: Pace = {
  concurrency: 32,
  leaseSeconds: LEASE_SECONDS,
  turnWithinMs: 4_000,
  sweepMs: 5_000,
  probeMs: 1_000,
};

/** So many times the signals under way may wait to be written down; then the database is what is slow. */
const MOST_UNWRITTEN = 4;

/** Brings stored deliveries to Temporal. */
export interface Dispatcher {
  /** Once. */
  start(): void;
  /** Takes nothing new; resolves when what is in flight has ended. */
  stop(): Promise<void>;
}

interface Parts {
  store: { deliveries: Outcomes & Pick<Store['deliveries'], 'lease' | 'onArrival'> };
  temporal: SignalClaim;
  log: Logger;
  metrics: Pick<Metrics, 'dispatched'>;
  pace?: Partial<Pace>;
}

/**
 * Leases deliveries, signals each and marks it delivered, from start to stop. It may be killed between any two steps: the lease
 * runs out and the delivery is signalled once more. Any number of dispatchers may run beside each other.
 */
export function createDispatcher({ pace, ...parts }: Parts): Dispatcher {
  const { concurrency, leaseSeconds, turnWithinMs, sweepMs, probeMs } = { ...PACE, ...pace };
  const { log, temporal } = parts;
  const { deliveries } = parts.store;
  const places = pLimit(concurrency);
  // So many are leased ahead that no place waits for the database, and with one lease for several of them.
  const ahead = Math.ceil(concurrency / 2);
  const refill = Math.ceil(ahead / 2);
  const wakeUp = createWakeUp();
  /** Leased, and not yet written down. */
  const inFlight = new Set<Promise<void>>();
  /** Whether the log may hold more that is due. */
  let more = true;
  /** The time before which nothing is tried, while something is down. */
  let probeAt: number | null = null;
  let stopping = false;
  let loop = Promise.resolve();
  let stopListening = (): void => undefined;

  async function run(): Promise<void> {
    while (!stopping) {
      const room = roomForMore();
      if (more && room > 0) await fill(room);
      else {
        await wakeUp.sleep(sweepMs);
        more = true;
      }
    }
  }

  function roomForMore(): number {
    if (probeAt !== null) return inFlight.size === 0 && performance.now() >= probeAt ? 1 : 0;
    const room = concurrency + ahead - places.activeCount - places.pendingCount;
    return room >= refill && inFlight.size < MOST_UNWRITTEN * concurrency ? room : 0;
  }

  async function fill(room: number): Promise<void> {
    more = false;
    try {
      const leased = await deliveries.lease({ limit: room, seconds: leaseSeconds });
      for (const delivery of leased) begin(delivery);
      more ||= leased.length === room;
    } catch (error) {
      slowDown(error, 'the intake log cannot be read');
    }
  }

  function begin(delivery: Delivery): void {
    const ended = handle(delivery).finally(() => {
      inFlight.delete(ended);
      if (more) wakeUp.now();
    });
    inFlight.add(ended);
  }

  async function handle(delivery: Delivery): Promise<void> {
    const leasedAt = performance.now();
    const isLate = (): boolean => performance.now() - leasedAt > turnWithinMs;
    try {
      const outcome = await places(() => (isLate() ? null : signalDelivery(delivery, temporal, log)));
      if (outcome === null) return wakeUp.within(leaseSeconds * 1_000);
      if (outcome.became === 'postponed' && outcome.outage !== null)
        slowDown(outcome.outage, 'Temporal takes no signals; deliveries wait');
      // The next are leased and signalled while this one is written down.
      if (more) wakeUp.now();
      await writeOutcome(delivery.deliveryId, outcome, deliveries);
      settle(outcome);
    } catch (error) {
      log.error(
        { deliveryId: delivery.deliveryId, err: error },
        'the outcome of a delivery could not be written; it is signalled again',
      );
    }
  }

  function settle(outcome: Outcome): void {
    parts.metrics.dispatched(outcome.became);
    if (outcome.became === 'postponed') wakeUp.within(outcome.againInSeconds * 1_000);
    const isTemporalUp = outcome.became === 'delivered' || (outcome.became === 'postponed' && outcome.outage === null);
    if (isTemporalUp) speedUp();
  }

  function slowDown(error: unknown, what: string): void {
    if (probeAt === null) log.warn({ err: error }, what);
    probeAt = performance.now() + probeMs;
    wakeUp.within(probeMs);
  }

  function speedUp(): void {
    if (probeAt === null) return;
    log.info('deliveries go on');
    probeAt = null;
    more = true;
  }

  return {
    start() {
      stopListening = deliveries.onArrival(() => {
        more = true;
        wakeUp.now();
      });
      loop = run();
    },
    async stop() {
      stopping = true;
      stopListening();
      wakeUp.now();
      await loop;
      await Promise.all(inFlight);
    },
  };
}
