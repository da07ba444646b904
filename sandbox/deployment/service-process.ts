import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf } from '../temporal-server/command';
import { startGuarded } from '../temporal-server/guarded';

/** What one process of the product does. */
export type Role = 'api' | 'worker' | 'both';

const ROLE_OPTIONS: Readonly<Record<Role, readonly string[]>> = { api: ['--api'], worker: ['--worker'], both: [] };

/** The build's folder: where this file is when it runs compiled, and beside its sources when it does not. */
export const BUILD = join(__dirname, '..', '..', ...(__filename.endsWith('.ts') ? ['dist'] : []));
const MAIN = join(BUILD, 'src', 'main.js');

/** What the Dockerfile sets for the processes as well. */
export const AS_IN_THE_IMAGE = { UV_THREADPOOL_SIZE: '16', MALLOC_ARENA_MAX: '2' };

const MIGRATE_WITHIN_MS = 60_000;

/** One process of the product, as it is built. */
export interface ServiceProcess {
  role: Role;
  /** Its own process id; null when it has ended. */
  pid(): number | null;
  /** What it logged last. */
  lastWords(): string;
  /** Settles when it has ended, whoever ended it. */
  ended: Promise<void>;
  hasEnded(): boolean;
  /** Asks it to finish what is in flight and end. */
  stop(): Promise<void>;
  /** As a crash of the machine would: SIGKILL. */
  kill(): Promise<void>;
}

/** Starts `claimkeeper serve` in a process of its own. `preload` is a module that it loads before anything else. */
export function startServiceProcess(role: Role, env: Record<string, string>, preload?: string): ServiceProcess {
  const args = [...(preload === undefined ? [] : ['--require', preload]), MAIN, 'serve', ...ROLE_OPTIONS[role]];
  const guarded = startGuarded(process.execPath, args, { ...process.env, ...AS_IN_THE_IMAGE, ...env });
  let hasEnded = false;
  const ended = guarded.ended.then(() => {
    hasEnded = true;
  });
  return {
    ...guarded,
    role,
    ended,
    hasEnded: () => hasEnded,
    pid: () => (hasEnded ? null : onlyChildOf(guarded.pid)),
  };
}

/** Runs `claimkeeper migrate`. Rejects with what it said. */
export async function migrateDatabase(env: Record<string, string>): Promise<void> {
  const options = { env: { ...process.env, ...env }, timeoutMs: MIGRATE_WITHIN_MS };
  await outputOf(process.execPath, [MAIN, 'migrate'], options);
}

/** The guard has one child; only Linux tells of it. */
function onlyChildOf(pid: number): number | null {
  try {
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    return child === undefined || child === '' ? null : Number(child);
  } catch {
    return null; // It has just ended, or this is no Linux.
  }
}
