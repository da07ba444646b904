import pino from 'pino';
import { createDispatcher, type Dispatcher, type Pace } from '../../src/intake/dispatcher';
import { type DeliveryStatus, type DeliveryStore, type DeliverySummary } from '../../src/store/deliveries';
import { type Store } from '../../src/store/store';
import { until } from '../../sandbox/claims/until';
import { aDelivery } from '../store/open-stores';
import { FakeTemporal } from './fake-temporal';

/** Longer than any test: with it, nothing happens because of a sweep. */
export const NO_SWEEP = 3_600_000;

const log = pino({ level: 'silent' });
let count = 0;

/** One test's dispatchers over a store, a Temporal of its own, and a brand of its own. */
export class Dispatching {
  readonly temporal = new FakeTemporal();
  readonly brand = `brand-${++count}`;
  private readonly running: Dispatcher[] = [];

  constructor(readonly store: Store) {}

  /** As in life, only that an outage is probed more often. */
  start(pace: Partial<Pace> = {}, deliveries: DeliveryStore = this.store.deliveries): Dispatcher {
    const dispatcher = this.unstoppable(pace, deliveries);
    this.running.push(dispatcher);
    return dispatcher;
  }

  /** A dispatcher that the end of the test does not wait for. */
  unstoppable(pace: Partial<Pace>, deliveries: DeliveryStore): Dispatcher {
    const { temporal } = this;
    const dispatcher = createDispatcher({
      store: { deliveries },
      temporal,
      log,
      metrics: { dispatched: () => undefined },
      pace: { probeMs: 20, ...pace },
    });
    dispatcher.start();
    return dispatcher;
  }

  /** Stores a delivery, as the door does: by default a webhook about the claim. */
  async record(claimId: string, body?: unknown, source = 'order-protection'): Promise<string> {
    const webhook = body ?? { id: claimId, topic: 'claim.created', body: { claim_id: claimId } };
    const text = typeof webhook === 'string' ? webhook : JSON.stringify(webhook);
    const { brand } = this;
    return (await this.store.deliveries.record(aDelivery({ brand, source, claimId, body: text }))).deliveryId;
  }

  async recordMany(number: number): Promise<void> {
    for (let n = 0; n < number; n++) await this.record(`c${n}`);
  }

  /** This test's deliveries of a status. */
  async listed(status: DeliveryStatus): Promise<DeliverySummary[]> {
    return (await this.store.deliveries.list(this.brand, { status })).items;
  }

  /** Waits until there are as many of a status. */
  async untilThereAre(number: number, status: DeliveryStatus): Promise<void> {
    await until(`${number} ${status}`, async () => (await this.listed(status)).length === number);
  }

  /** Ends all that was started, and leaves nothing for the next test to find. */
  async end(): Promise<void> {
    await Promise.all(this.running.map((dispatcher) => dispatcher.stop()));
    for (const { id } of await this.listed('pending')) await this.store.deliveries.quarantine(id, 'left over');
  }
}
