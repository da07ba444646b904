import { Agent, request } from 'undici';

export interface Parcel {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

/** What came of a request that the simulator made. `stopped`: the simulator stopped before there was an answer. */
export type Outcome = { readonly status: number; readonly body: string } | { readonly error: string } | 'stopped';

/**
 * Does a job when it is due and again after as many milliseconds as it returns, until it returns undefined. What is still to be done is
 * the caller's to remember: `stop()` drops timers and cuts requests in flight.
 */
export class Courier {
  readonly #agent = new Agent();
  readonly #stopping = new AbortController();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();

  later(delayMs: number, job: () => Promise<number | undefined>): void {
    if (this.#stopping.signal.aborted) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const run = job().then((again) => {
        this.#running.delete(run);
        if (again !== undefined) this.later(again, job);
      });
      this.#running.add(run);
    }, delayMs);
    this.#timers.add(timer);
  }

  /** One request; redirects are not followed. */
  async send({ url, timeoutMs, ...parcel }: Parcel): Promise<Outcome> {
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const response = await request(url, { ...parcel, signal, dispatcher: this.#agent });
      return { status: response.statusCode, body: await response.body.text() };
    } catch (error) {
      return this.#stopping.signal.aborted ? 'stopped' : { error: String(error) };
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#running);
    await this.#agent.destroy();
  }
}
