import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Readable, type Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

const GUARD = path.join(__dirname, 'guard.cjs');
const KEPT_LINES = 30;

/** A server that runs in a process group of its own and never outlives the process that started it. */
export interface Guarded {
  /** The id of its process group, which is the guard's process id. */
  pid: number;
  /** The last lines that it printed. */
  lastWords: () => string;
  /** Settles when it has ended, whoever ended it. */
  ended: Promise<void>;
  /** Asks it to end and waits until it has (killed after 10 s). */
  stop: () => Promise<void>;
  /** Kills it at once, as a crash of the machine would, and waits until it is gone. */
  kill: () => Promise<void>;
}

/** As whom and where the server runs, and by which signal it is asked to end: as its starter, there, and by SIGTERM unless told. */
export interface GuardOptions {
  uid?: number;
  gid?: number;
  cwd?: string;
  endsBy?: 'SIGTERM' | 'SIGQUIT';
}

/**
 * Starts a command under the guard. Why a guard: nothing runs in a process that is killed with SIGKILL, so somebody else must notice, and
 * the end of a pipe is the one notice that the system gives on every platform. Why a group of its own: ctrl-C in a terminal goes to the
 * whole foreground group, and the server must outlive the worker that is still finishing its work on it.
 */
export function startGuarded(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  options: GuardOptions = {},
): Guarded {
  const child = spawn(process.execPath, [GUARD, JSON.stringify(options), command, ...args], {
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${process.execPath} could not be started`);
  const lines = keepLastLines(child);
  const ended = once(child, 'exit').then(() => undefined);
  return {
    pid,
    lastWords: () => lines.join('\n'),
    ended,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
    kill: async () => {
      if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
      await ended;
      await untilGone(pid);
    },
  };
}

/** The guard may be gone a moment before its server, which still holds its files. */
async function untilGone(group: number): Promise<void> {
  while (isAlive(group)) await sleep(10);
}

function isAlive(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false; // ESRCH: nobody is left in the group.
  }
}

function keepLastLines({ stdin, stdout, stderr }: ChildProcessByStdio<Writable, Readable, Readable>): string[] {
  stdin.on('error', () => undefined); // It ended by itself before we told it to.
  const lines: string[] = [];
  for (const input of [stdout, stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
    });
  }
  return lines;
}
