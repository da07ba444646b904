import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { createLocalBell, type Bell } from './bell';

const CHANNEL = 'claimkeeper_deliveries';
/** Notices go out no closer together than this: the first of a burst at once. */
const NOTICE_GAP_MS = 20;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/** Tells the other processes: `NOTIFY` with the name of the sender. */
export type Notify = (channel: string, sender: string) => Promise<unknown>;

/**
 * A bell that is heard in every process on the database, by LISTEN and NOTIFY. Rings are sent beside the statements, not in
 * them, and those of a burst as one: a NOTIFY takes a lock on the whole database cluster until its transaction is on disk, which
 * would put all inserts in a row (PostgreSQL, "NOTIFY"). The first listener opens the connection; it is opened again for as long as it takes.
 */
export function createPostgresBell(connection: ClientConfig, notify: Notify): Bell {
  const name = randomUUID();
  const here = createLocalBell();
  const closing = new AbortController();
  const closed = new Promise((resolve) => closing.signal.addEventListener('abort', resolve, { once: true }));
  let sending: Promise<void> | null = null;
  let rungAgain = false;
  let listening: Promise<void> | null = null;

  return {
    ring() {
      here.ring();
      rungAgain = true;
      sending ??= send().finally(() => (sending = null));
    },
    onRing(listener) {
      listening ??= listen();
      return here.onRing(listener);
    },
    async close() {
      closing.abort();
      await Promise.all([sending, listening, here.close()]);
    },
  };

  /** Cut short by close(). */
  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: closing.signal }).catch(() => undefined);
  }

  async function send(): Promise<void> {
    while (rungAgain) {
      rungAgain = false;
      // A ring that cannot be sent is one of those that may be lost: the database is down for the listeners too.
      await notify(CHANNEL, name).catch(() => undefined);
      await pause(NOTICE_GAP_MS);
    }
  }

  async function listen(): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    while (!closing.signal.aborted) {
      if (await hear()) waitMs = FIRST_WAIT_MS;
      await pause(waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    }
  }

  /** One connection from start to end; whether it was up at all. */
  async function hear(): Promise<boolean> {
    const client = new Client(connection);
    const ended = new Promise<void>((resolve) => {
      client.once('end', resolve);
      client.on('error', () => resolve());
    });
    client.on('notification', ({ payload }) => {
      if (payload !== name) here.ring();
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      // For what arrived while nobody listened.
      here.ring();
      await Promise.race([ended, closed]);
      return true;
    } catch {
      // Not up yet, or down again: the caller tries on, and every statement says by itself that the database is down.
      return false;
    } finally {
      // A connection that is gone already cannot be ended in good form.
      await client.end().catch(() => undefined);
    }
  }
}
