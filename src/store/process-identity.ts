import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Names a process so that a later one with the same number is not taken for it. `boot` and `start` are `null` where the system does not tell. */
export interface ProcessIdentity {
  pid: number;
  host: string;
  boot: string | null;
  start: string | null;
}

export async function thisProcess(): Promise<ProcessIdentity> {
  return {
    pid: process.pid,
    host: hostname(),
    boot: await bootId(),
    start: (await statOf(process.pid))?.start ?? null,
  };
}

/** Whether that very process runs. On another host this cannot be seen: it is taken to run. */
export async function isRunning({ pid, host, boot, start }: ProcessIdentity): Promise<boolean> {
  if (host !== hostname()) return true;
  if (boot !== (await bootId())) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs as another user.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  if (start === null) return true;
  const stat = await statOf(pid);
  return stat !== null && stat.state !== 'Z' && stat.start === start;
}

/** Linux only. */
async function bootId(): Promise<string | null> {
  return (await read('/proc/sys/kernel/random/boot_id'))?.trim() ?? null;
}

/** State (Z: dead, not yet collected by its parent) and start time, fields 3 and 22 of proc_pid_stat(5); Linux only. */
async function statOf(pid: number): Promise<{ state: string; start: string } | null> {
  const stat = await read(`/proc/${pid}/stat`);
  // The second field, the name, is in brackets and may hold anything.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields?.[0], fields?.[19]];
  return state === undefined || start === undefined ? null : { state, start };
}

async function read(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
