import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BUILD } from '../../sandbox/deployment/service-process';
import { type Part, type Site } from './site';

export interface RunningProcess extends Part {
  pid: number;
  child: ChildProcess;
}

interface Program {
  /** From the root of what is compiled. */
  file: string;
  args?: readonly string[];
  env?: Record<string, string>;
  /** What it writes to standard error when it is ready. */
  readyLine: string;
}

const READY_WITHIN_MS = 30_000;

/** Starts one of our programs in a process of its own, and waits until it says that it is ready. */
export async function startProcess(
  site: Site,
  { file, args = [], env = {}, readyLine }: Program,
): Promise<RunningProcess> {
  const child = spawn(process.execPath, [join(BUILD, file), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const exit = once(child, 'exit');
  const kill = (): void => void child.kill('SIGKILL');
  // When this process ends before the site is cleared.
  process.once('exit', kill);
  const running = {
    pid: child.pid ?? 0,
    child,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exit;
      process.off('exit', kill);
    },
  };
  site.keep(running);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => (): void => {
      clearTimeout(timer);
      reject(new Error(`${file} ${why}. It said:\n${said.slice(-4_000)}`));
    };
    const timer = setTimeout(fail(`was not ready within ${READY_WITHIN_MS / 1_000} s`), READY_WITHIN_MS);
    child.once('exit', fail('ended before it was ready'));
    child.stderr?.on('data', (chunk: Buffer) => {
      // What it says later is read all the same, so that it never waits for a reader.
      if (said.includes(readyLine)) return;
      said += chunk.toString('utf8');
      if (!said.includes(readyLine)) return;
      clearTimeout(timer);
      resolve();
    });
  });
  return running;
}

/** A clock tick of Linux's /proc in milliseconds (proc(5); 100 a second on every common build). */
const TICK_MS = 10;

/** Milliseconds of processor time that a process has used. Linux only. */
export async function cpuTimeOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // Fields 14 and 15; the second is a name in parentheses that may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** What `memoryAtRest` needs in the environment of the process. */
export const COLLECTS_GARBAGE = { NODE_OPTIONS: `--require ${join(BUILD, 'bench/site/collect-garbage.js')}` };

/** A collection gives back in steps: first objects are freed, then their pages, and native memory after some seconds. */
const COLLECTIONS = 8;
const COLLECTED_AFTER_MS = 2_500;

/** Bytes of memory that a process holds when all of its threads have collected their garbage, so often. */
export async function memoryAtRest({ child, pid }: RunningProcess, collections = COLLECTIONS): Promise<number> {
  for (let times = 0; times < collections; times++) {
    child.kill('SIGHUP');
    await wait(COLLECTED_AFTER_MS);
  }
  return memoryOf(pid);
}

/** Bytes of memory that a process holds. Linux only. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
}
