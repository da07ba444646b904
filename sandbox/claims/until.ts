import { setTimeout as wait } from 'node:timers/promises';

const LOOK_AGAIN_MS = 50;

/** Looks until there is something to see. Throws after `withinMs`, saying what was waited for. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  withinMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`waited ${withinMs / 1_000} s in vain for ${what}`);
    await wait(LOOK_AGAIN_MS);
  }
}
