import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition; throws when it does not come true in 10 s. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not so within 10 s: ${condition.toString()}`);
    await sleep(10);
  }
}
