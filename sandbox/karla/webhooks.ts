import { createHmac } from 'node:crypto';

import type { Courier } from '../http/courier';
import { between } from '../http/random';
import { retryAfter, type RetrySchedule } from '../http/retry-schedule';
import type { Delivery } from './state';
import { nextNumber, timestamp, type World } from './world';

/** Karla wants 200; within which time and how it repeats is not documented. Both are our choice. */
const ANSWER_WITHIN_MS = 5_000;
export const RETRY_SCHEDULE: RetrySchedule = {
  afterMs: [10_000, 60_000, 300_000, 1_800_000, 7_200_000],
  givesUp: true,
};

/** `Karla-Signature` (Karla, "Webhooks"): HMAC-SHA256 over the Unix time, a full stop and the body. */
export function signature(secret: string, body: string, now: number): string {
  const time = Math.floor(now / 1_000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}

/** Keeps and sends the shop's webhooks. What is queued is part of the state; `dispatch()` sends it once that is saved. */
export class Webhooks {
  readonly #onItsWay = new Set<number>();

  constructor(
    private readonly world: World,
    private readonly courier: Courier,
    private readonly retrySchedule: RetrySchedule,
    private readonly save: () => Promise<void>,
  ) {}

  /** Queues an event, as often as the settings say. */
  emit(parcel: Pick<Delivery, 'ref' | 'claimId' | 'body' | 'secret'>): void {
    const { settings, random, state, now } = this.world;
    const dropped = random() < settings.dropChance;
    for (let copy = 0; copy <= settings.duplicates; copy += 1)
      state.deliveries.push({
        n: nextNumber(this.world),
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

  /** Each attempt is signed anew, as its time tells. */
  async #attempt(delivery: Delivery): Promise<number | undefined> {
    const { url = '', secret = '' } = this.world.state.shop?.webhook ?? {};
    const { body } = delivery;
    const headers = {
      'content-type': 'application/json',
      'karla-signature': signature(delivery.secret ?? secret, body, this.world.now()),
    };
    const outcome = await this.courier.send({ method: 'POST', url, headers, body, timeoutMs: ANSWER_WITHIN_MS });
    if (outcome === 'stopped') return undefined;
    const answer = 'status' in outcome ? outcome.status : outcome.error;
    delivery.attempts.push({ at: timestamp(this.world), answer });
    const isOver = answer === 200 || !this.world.settings.retries;
    const again = isOver ? undefined : retryAfter(this.retrySchedule, delivery.attempts.length);
    if (again === undefined) delivery.state = answer === 200 ? 'delivered' : 'givenUp';
    else delivery.nextAt = this.world.now() + again;
    await this.save();
    return again;
  }
}
