/** Ends the sleep of one loop: at once, or when its time has come. A call while nobody sleeps ends the next sleep. */
export interface WakeUp {
  now(): void;
  /** In `ms` milliseconds at the latest. Every time that was asked for is kept. */
  within(ms: number): void;
  /** Sleeps for at most `ms` milliseconds. */
  sleep(ms: number): Promise<void>;
}

/** Times are rounded up to this, so that any number of them is few. */
const GRAIN_MS = 10;

/** Nothing keeps running while nobody sleeps. */
export function createWakeUp(): WakeUp {
  const times = new Set<number>();
  let called = false;
  let wake = (): void => undefined;

  function napUntil(time: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.ceil(time - performance.now()));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    now() {
      called = true;
      wake();
    },
    within(ms) {
      times.add(Math.ceil((performance.now() + ms) / GRAIN_MS) * GRAIN_MS);
      wake();
    },
    async sleep(ms) {
      const end = performance.now() + ms;
      const next = (): number => Math.min(end, ...times);
      while (!called && performance.now() < next()) await napUntil(next());
      called = false;
      for (const time of times) if (time <= performance.now()) times.delete(time);
    },
  };
}
