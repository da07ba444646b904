/** Ends the sleep of one loop: at once, or after some time. A call while nobody sleeps ends the next sleep. */
export interface WakeUp {
  now(): void;
  /** No later than in `ms` milliseconds. */
  within(ms: number): void;
  /** Sleeps for at most `ms` milliseconds. */
  sleep(ms: number): Promise<void>;
}

/** Nothing keeps running once nobody sleeps. */
export function createWakeUp(): WakeUp {
  let called = false;
  let dueAt = Infinity;
  let wake: () => void = () => undefined;
  return {
    now() {
      called = true;
      wake();
    },
    within(ms) {
      dueAt = Math.min(dueAt, performance.now() + ms);
      // Whoever sleeps already sleeps until a later time: called, the loop finds out and sleeps until this one.
      wake();
    },
    async sleep(ms) {
      const end = performance.now() + ms;
      while (!called && performance.now() < Math.min(end, dueAt)) await napUntil(Math.min(end, dueAt));
      called = false;
      if (performance.now() >= dueAt) dueAt = Infinity;
    },
  };

  function napUntil(time: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(end, Math.ceil(time - performance.now()));
      wake = end;
      function end(): void {
        clearTimeout(timer);
        resolve();
      }
    });
  }
}
