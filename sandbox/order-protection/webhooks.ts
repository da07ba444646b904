import type { Courier } from '../http/courier';
import { between } from '../http/random';
import { retryAfter, type RetrySchedule } from '../http/retry-schedule';
import { envelope, withFreshId } from './envelope';
import type { Happening } from './events';
import type { Delivery, Store } from './state';
import { nextNumber, storeOf, timestamp, type World } from './world';

/** Order Protection wants 200 within 5 s (Order Protection, "Webhooks"). */
const ANSWER_WITHIN_MS = 5_000;
/** How Order Protection repeats is not documented; this is our choice. */
export const RETRY_SCHEDULE: RetrySchedule = {
  afterMs: [10_000, 60_000, 300_000, 1_800_000, 7_200_000],
  givesUp: true,
};

/** Keeps and sends the webhooks of all stores. What is emitted is part of the state; `dispatch()` sends it once that is saved. */
export class Webhooks {
  readonly #onItsWay = new Set<number>();

  constructor(
    private readonly world: World,
    private readonly courier: Courier,
    private readonly retrySchedule: RetrySchedule,
    private readonly save: () => Promise<void>,
  ) {}

  /** Tells a store's webhook; does nothing for a store that has none. */
  emit(store: Store, happening: Happening): void {
    const { settings, random } = this.world;
    const body = JSON.stringify(envelope(store, happening, this.#eventId(), timestamp(this.world)));
    const twice = random() < settings.duplicateChance ? 1 : 0;
    const dropped = random() < settings.dropChance;
    for (let copy = 0; copy <= settings.duplicates + twice; copy += 1) {
      this.enqueue(store, { body, topic: happening.topic, claimId: happening.claimId, secret: null }, dropped);
    }
  }

  /** Queues one delivery of any body. */
  enqueue(store: Store, parcel: Pick<Delivery, 'body' | 'topic' | 'claimId' | 'secret'>, dropped = false): void {
    if (store.webhook === null) return;
    const { settings, random, state, now } = this.world;
    state.deliveries.push({
      n: nextNumber(this.world),
      storeId: store.id,
      ...parcel,
      state: dropped ? 'dropped' : settings.holdWebhooks ? 'held' : 'pending',
      nextAt: now() + between(random, settings.delayMs),
      attempts: [],
    });
  }

  /** Sends on what is pending and not on its way yet. */
  dispatch(): void {
    for (const delivery of this.world.state.deliveries) {
      if (delivery.state !== 'pending' || this.#onItsWay.has(delivery.n)) continue;
      this.#onItsWay.add(delivery.n);
      this.courier.later(Math.max(0, delivery.nextAt - this.world.now()), () => this.#attempt(delivery));
    }
  }

  /** Resolves when it has been answered once, or nobody answered. */
  async sendNow(delivery: Delivery): Promise<void> {
    delivery.state = 'pending';
    this.#onItsWay.add(delivery.n);
    const again = await this.#attempt(delivery);
    if (again !== undefined) this.courier.later(again, () => this.#attempt(delivery));
  }

  async #attempt(delivery: Delivery): Promise<number | undefined> {
    // Where the store's webhook is now: it may have moved since.
    const { webhook } = storeOf(this.world, delivery.storeId);
    const { url = '', secret = '' } = webhook ?? {};
    const { body } = delivery;
    const headers = { 'content-type': 'application/json', 'x-webhook-secret': delivery.secret ?? secret };
    const outcome = await this.courier.send({ method: 'POST', url, headers, body, timeoutMs: ANSWER_WITHIN_MS });
    if (outcome === 'stopped') return undefined;
    const answer = 'status' in outcome ? outcome.status : outcome.error;
    delivery.attempts.push({ at: timestamp(this.world), answer });
    const again = answer === 200 ? undefined : this.#retryIn(delivery);
    if (again === undefined) delivery.state = answer === 200 ? 'delivered' : 'givenUp';
    else delivery.nextAt = this.world.now() + again;
    await this.save();
    return again;
  }

  #retryIn(delivery: Delivery): number | undefined {
    const { retries, freshIdOnRetry } = this.world.settings;
    const after = retryAfter(this.retrySchedule, delivery.attempts.length);
    if (!retries || after === undefined) return undefined;
    if (freshIdOnRetry) delivery.body = withFreshId(delivery.body, this.#eventId());
    return after;
  }

  /** A UUID that counts up; another seed gives other ones. */
  #eventId(): string {
    const seed = (this.world.seed >>> 0).toString(16).padStart(8, '0');
    return `${seed}-0000-4000-8000-${nextNumber(this.world).toString(16).padStart(12, '0')}`;
  }
}
