import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Keeps a report in a file of its own, so that what is measured anew leaves the others as they were. */
export async function keep(folder: string, name: string, report: object): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
}

/** The reports of these names that are kept in a folder, in this order. */
export async function kept<T>(folder: string, names: readonly string[]): Promise<T[]> {
  const files = await readdir(folder);
  const found = names.map((name) => `${name}.json`).filter((file) => files.includes(file));
  return Promise.all(found.map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as T));
}
