import { type Clock } from '../../../../src/integrations/kustomer/clock';

interface Timer {
  readonly at: number;
  act(): void;
}

/** Time that passes only when it is told to, from one moment that somebody waits for to the next. */
export class Time {
  now = Date.parse('2026-03-10T12:00:00Z');
  #timers: Timer[] = [];

  readonly clock: Clock = {
    now: () => this.now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const onEnd = (): void => {
          cancel();
          reject(signal?.reason as Error);
        };
        const cancel = this.after(milliseconds, () => {
          signal?.removeEventListener('abort', onEnd);
          resolve();
        });
        signal?.addEventListener('abort', onEnd);
        if (signal?.aborted === true) onEnd();
      }),
  };

  /** Does something once so much time has passed; gives what calls it off. */
  after(milliseconds: number, act: () => void): () => void {
    const timer: Timer = { at: this.now + milliseconds, act };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  get isAwaited(): boolean {
    return this.#timers.length > 0;
  }

  get isDue(): boolean {
    return this.#timers.some(({ at }) => at <= this.now);
  }

  /** Passes to the next moment, which is now if it is due already. */
  async pass(): Promise<void> {
    const [first, ...later] = this.#timers.sort((a, b) => a.at - b.at);
    this.#timers = later;
    this.now = Math.max(this.now, first?.at ?? this.now);
    first?.act();
  }
}
