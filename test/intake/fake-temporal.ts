import { type SignalClaim } from '../../src/intake/signal-claim';
import { TemporalUnavailable } from '../../src/temporal/temporal-unavailable';

/** One signal that Temporal took. */
export interface Signal {
  brand: string;
  about: string;
  what: unknown;
}

/** Stands in for Temporal before the dispatcher: takes signals, unless a test says otherwise. */
export class FakeTemporal implements SignalClaim {
  isDown = false;
  readonly taken: Signal[] = [];
  /** How often it was called, whatever came of it. */
  calls = 0;
  /** Runs before a signal is taken: it may wait, or throw. */
  before: (signal: Signal) => Promise<void> = () => Promise.resolve();
  private underWay = 0;
  /** The most calls that were under way at one time. */
  mostAtOnce = 0;

  readonly signalEvent: SignalClaim['signalEvent'] = (brand, event) =>
    this.take({ brand, about: event.claim.id, what: event });
  readonly signalCompletion: SignalClaim['signalCompletion'] = (brand, claimId, what) =>
    this.take({ brand, about: claimId, what });
  readonly refreshKlaims: SignalClaim['refreshKlaims'] = (brand) =>
    this.take({ brand, about: 'mapping', what: 'refresh' });
  readonly startProtection: SignalClaim['startProtection'] = (brand, what) =>
    this.take({ brand, about: what.eventId, what });

  /** How often each claim was signalled. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { about } of this.taken) counts[about] = (counts[about] ?? 0) + 1;
    return counts;
  }

  private async take(signal: Signal): Promise<void> {
    this.calls++;
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.underWay);
    try {
      // An answer takes a moment, so that calls can overlap.
      await new Promise(setImmediate);
      if (this.isDown) throw new TemporalUnavailable('Temporal did not take a signal');
      await this.before(signal);
      this.taken.push(signal);
    } finally {
      this.underWay--;
    }
  }
}
