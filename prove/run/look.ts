import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN_MS = 100;

/** Looks until there is something to see or the run ends; without a time limit, because it is the checker that says what is missing. Rejects with the signal's reason. */
export async function seen<T>(signal: AbortSignal, look: () => T | undefined): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const found = look();
    if (found !== undefined) return found;
    await sleep(LOOK_AGAIN_MS, undefined, { signal });
  }
}
