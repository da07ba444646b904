import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { DatabaseInUse } from './errors';
import { isRunning, thisProcess, type ProcessIdentity } from './process-identity';

/** What a lock file holds. `turn` is different each time a lock is taken. */
interface Holder extends ProcessIdentity {
  turn: string;
  since: string;
}

/**
 * Takes the lock file at `path` for this process and gives back what releases it. The file of a process that is dead is taken
 * over, by exactly one of those who try. @throws DatabaseInUse when a living process holds it.
 */
export async function lockForThisProcess(path: string): Promise<() => Promise<void>> {
  const holder: Holder = { ...(await thisProcess()), turn: randomUUID(), since: new Date().toISOString() };
  const own = `${path}.${holder.turn}`;
  await writeFile(own, `${JSON.stringify(holder)}\n`, { flag: 'wx' });
  try {
    await take(path, own);
  } finally {
    await rm(own);
  }
  return () => rm(path, { force: true });
}

/** Puts `own` at `path`. Hard links, because making one is atomic with its content and fails when the name is taken. */
async function take(path: string, own: string): Promise<void> {
  while (!(await linkIfFree(own, path))) {
    const holder = await holderOf(path);
    if (holder === null) continue;
    if (await isRunning(holder)) throw new DatabaseInUse(messageFor(holder, path));
    if (await replace(path, holder, own)) return;
  }
}

/**
 * Puts `own` in the place of a dead holder, unless somebody did so before. Who may do so has the lock on this takeover; as no two holders have the same
 * `turn`, the file cannot change once it was seen under that lock to be still the dead one's.
 */
async function replace(path: string, dead: Holder, own: string): Promise<boolean> {
  const takeover = `${path}.after-${dead.turn}`;
  await take(takeover, own);
  try {
    if ((await holderOf(path))?.turn !== dead.turn) return false;
    const copy = `${own}.copy`;
    await link(own, copy);
    await rename(copy, path);
    return true;
  } finally {
    await rm(takeover);
  }
}

async function linkIfFree(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function holderOf(path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function messageFor({ pid, host, since }: Holder, path: string): string {
  return (
    `The embedded database is open in process ${pid} on ${host} since ${since}, and it is for one process only. ` +
    `Stop that process, or set DATABASE_URL to a PostgreSQL server. (If there is no such process any more, remove ${path}.)`
  );
}
