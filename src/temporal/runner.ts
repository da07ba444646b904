import { setTimeout as wait } from 'node:timers/promises';
import { type NativeConnection, type Worker } from '@temporalio/worker';
import { type Logger } from 'pino';

/** Workers that connect as soon as Temporal is there, and run until they are stopped. */
export interface Runner {
  /** Resolves when the workers poll for the first time; rejects when they cannot be built at all. */
  readonly ready: Promise<void>;
  /** Rejects when a worker ends by itself. */
  readonly ended: Promise<void>;
  isRunning(): boolean;
  /** Finishes what is in flight; whether all went well is for `ended` to say. */
  stop(): Promise<void>;
}

interface RunnerParts {
  connect(): Promise<NativeConnection>;
  build(connection: NativeConnection): Promise<Worker[]>;
  log: Logger;
}

const RETRY_MS = 1_000;

/** Starts workers in the background: a process whose Temporal is still down waits for it instead of failing. */
export function startRunner({ connect, build, log }: RunnerParts): Runner {
  const stopping = new AbortController();
  let workers: Worker[] = [];

  async function connected(): Promise<NativeConnection | null> {
    for (let told = false; !stopping.signal.aborted; told = true) {
      try {
        return await connect();
      } catch (error) {
        if (!told) log.warn({ err: error }, 'Temporal cannot be reached; the worker waits for it');
        await wait(RETRY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    return null;
  }

  let announceReady = (): void => undefined;
  const polling = new Promise<void>((resolve) => {
    announceReady = resolve;
  });

  function shutDown(): void {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  }

  async function run(): Promise<void> {
    const connection = await connected();
    if (connection === null) return;
    try {
      workers = await build(connection);
      // One that ends by itself takes the others with it: half a worker would be a silent one.
      const runs = workers.map((worker) => worker.run().finally(shutDown));
      // Only a worker that has run lets go of the connection, so one that came too late is run all the same.
      if (stopping.signal.aborted) shutDown();
      announceReady();
      log.info('worker runs');
      // The connection can be closed only when none of them uses it any more.
      await Promise.allSettled(runs);
      await Promise.all(runs);
    } finally {
      // Workers that were built but could not all be run keep it open, until the process ends; why they could not is what matters.
      await connection.close().catch((error: unknown) => log.warn({ err: error }, 'the connection stays open'));
    }
  }

  const ended = run();
  const ready = Promise.race([polling, ended]);
  // Whoever does not wait for the start hears of a failure by `ended`.
  ready.catch(() => undefined);
  return {
    ready,
    ended,
    isRunning: () => workers.some((worker) => worker.getState() === 'RUNNING'),
    async stop() {
      stopping.abort();
      shutDown();
      await ended.catch(() => undefined);
    },
  };
}
