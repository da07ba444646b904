import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What a simulator remembers, and the way to make it last. */
export interface Kept<T> {
  readonly state: T;
  /** Resolves once everything changed so far is in the file. Callers that come while one is being written share the next. */
  readonly save: () => Promise<void>;
}

/**
 * State that survives the process: loaded from `file` if it is there, written whole and renamed into place on `save()`, so that a kill
 * leaves the old or the new one. `revive` makes a state of what the file holds. Without a file it lives in memory. Throws when the file cannot be read.
 */
export async function keepState<T extends object, Saved = T>(
  file: string | undefined,
  fresh: () => T,
  revive: (saved: Saved) => T = (saved) => saved as unknown as T,
): Promise<Kept<T>> {
  if (file === undefined) return { state: fresh(), save: () => Promise.resolve() };
  await mkdir(dirname(file), { recursive: true });
  const saved = await load<Saved>(file);
  const state = saved === undefined ? fresh() : revive(saved);
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  const write = async (previous: Promise<void>): Promise<void> => {
    await Promise.allSettled([previous]);
    next = undefined;
    await writeFile(`${file}.new`, JSON.stringify(state));
    await rename(`${file}.new`, file);
  };
  const save = (): Promise<void> => {
    if (next === undefined) {
      next = write(writing);
      writing = next;
    }
    return next;
  };
  return { state, save };
}

async function load<Saved>(file: string): Promise<Saved | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Saved;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read as a simulator's state: delete it to begin anew`, { cause: error });
  }
}
