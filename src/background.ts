import { setTimeout as sleep } from 'node:timers/promises';

/** Work that goes on beside all else, from start to stop. */
export interface Background {
  /** Is aborted when the work is to stop. */
  signal: AbortSignal;
  /** Ends early when the work is to stop. */
  pause(ms: number): Promise<void>;
  /** Once. */
  start(): void;
  /** Resolves when the step that is under way has ended. */
  stop(): Promise<void>;
}

/** @param run goes on until `signal` is aborted, and rejects never: who starts it does not wait for it. */
export function inBackground(run: () => Promise<void>): Background {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running = Promise.resolve();
  return {
    signal,
    async pause(ms) {
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    },
    start() {
      running = run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
