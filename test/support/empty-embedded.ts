import { constants } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { dependencies } from '../../package.json';

const CACHE = join(
  __dirname,
  '..',
  '..',
  'node_modules',
  '.cache',
  'claimkeeper',
  `pglite-${dependencies['@electric-sql/pglite']}`,
);

/** Puts an empty embedded database into a new `dataDir` of the service: a copy, because PGlite takes seconds to make one. */
export async function copyEmptyEmbedded(dataDir: string): Promise<void> {
  await makeOnce();
  await cp(CACHE, join(dataDir, 'database'), { recursive: true, mode: constants.COPYFILE_FICLONE });
}

/** Whoever is first puts it into the cache; all others find it there. */
async function makeOnce(): Promise<void> {
  if (await exists(CACHE)) return;
  await mkdir(dirname(CACHE), { recursive: true });
  const draft = await mkdtemp(`${CACHE}-`);
  const client = await PGlite.create({ dataDir: draft });
  await client.close();
  try {
    await rename(draft, CACHE);
  } catch (error) {
    await rm(draft, { recursive: true });
    if (!(await exists(CACHE))) throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
