import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { buildWorkflowBundle } from '../../src/temporal/bundle';

const ROOT = path.join(__dirname, '../..');
const KEPT_IN = path.join(ROOT, 'node_modules/.cache/claimkeeper');
const DAY_MS = 86_400_000;
/** Workflows may import nothing else of ours (test/layers.test.ts), and the lock file stands for what is not ours. */
const MADE_OF = ['src/claims', 'src/workflows', 'src/temporal'];

/** The bundle of the workflows as they are now: the kept one when no source has changed since, because webpack takes seconds. */
export async function workflowBundle(): Promise<string> {
  const file = path.join(KEPT_IN, `workflow-bundle-${await fingerprint()}.js`);
  if (existsSync(file)) return file;
  await mkdir(KEPT_IN, { recursive: true });
  const partial = `${file}.${process.pid}.part`;
  await buildWorkflowBundle(partial);
  await rename(partial, file);
  await forgetOld();
  return file;
}

/** Another run may be using a young one. */
async function forgetOld(): Promise<void> {
  for (const name of await readdir(KEPT_IN)) {
    const { mtimeMs } = await stat(path.join(KEPT_IN, name));
    if (Date.now() - mtimeMs > DAY_MS) await rm(path.join(KEPT_IN, name), { force: true });
  }
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of MADE_OF) {
    const names = await readdir(path.join(ROOT, folder), { recursive: true });
    for (const name of names.filter((entry) => entry.endsWith('.ts')).sort()) {
      hash.update(name).update(await readFile(path.join(ROOT, folder, name)));
    }
  }
  return hash.update(await readFile(path.join(ROOT, 'package-lock.json'))).digest('hex');
}
