import type { Courier } from '../http/courier';
import { retryAfter, type RetrySchedule } from '../http/retry-schedule';
import type { Resolution } from './command';
import type { Callback } from './state';
import { nextNumber, timestamp, type World } from './world';

const ANSWER_WITHIN_MS = 10_000;
export const RETRY_SCHEDULE: RetrySchedule = {
  afterMs: [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000],
  givesUp: false,
};

export function enqueue(
  world: World,
  { claimId, resolutionId, answer }: Resolution,
  body: unknown,
  delayMs: number,
): Callback {
  const callback: Callback = {
    n: nextNumber(world),
    claimId,
    resolutionId,
    url: answer.url,
    body,
    state: 'pending',
    nextAt: world.now() + delayMs,
    attempts: [],
  };
  world.state.callbacks.push(callback);
  return callback;
}

/** Sends the callbacks: each until it is answered 200, or by a 4xx that a repeat would not change. */
export class Callbacks {
  readonly #onItsWay = new Set<number>();

  constructor(
    private readonly world: World,
    private readonly courier: Courier,
    private readonly retrySchedule: RetrySchedule,
    private readonly save: () => Promise<void>,
  ) {}

  /** Sends on what is pending and not on its way yet; nothing without a token. */
  dispatch(): void {
    if (this.world.token === null) return;
    for (const callback of this.world.state.callbacks) {
      if (callback.state !== 'pending' || this.#onItsWay.has(callback.n)) continue;
      this.#onItsWay.add(callback.n);
      this.courier.later(Math.max(0, callback.nextAt - this.world.now()), () => this.#attempt(callback));
    }
  }

  /** Sends one now; resolves with what came of the first attempt. A failed one is repeated all the same. */
  async sendNow(callback: Callback): Promise<Callback['attempts'][number] | undefined> {
    this.#onItsWay.add(callback.n);
    await this.save();
    const again = await this.#attempt(callback);
    if (again !== undefined) this.courier.later(again, () => this.#attempt(callback));
    return callback.attempts[0];
  }

  async #attempt(callback: Callback): Promise<number | undefined> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.world.token ?? ''}` };
    const body = JSON.stringify(callback.body);
    const outcome = await this.courier.send({
      method: 'PUT',
      url: callback.url,
      headers,
      body,
      timeoutMs: ANSWER_WITHIN_MS,
    });
    if (outcome === 'stopped') return undefined;
    const at = timestamp(this.world);
    const failed = !('status' in outcome);
    callback.attempts.push(
      failed ? { at, answer: outcome.error } : { at, answer: outcome.status, body: readable(outcome.body) },
    );
    const status = failed ? 0 : outcome.status;
    const again =
      status === 200 || isRefusal(status) ? undefined : retryAfter(this.retrySchedule, callback.attempts.length);
    if (again === undefined) callback.state = status === 200 ? 'accepted' : 'refused';
    else callback.nextAt = this.world.now() + again;
    await this.save();
    return again;
  }
}

/** A 4xx, but for those that ask to come again. */
const isRefusal = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 429;

function readable(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
