import path from 'node:path';
import { type Binary } from './binaries';
import { isExecutable } from './cache';
import { outputOf } from './command';

/**
 * The executable of this name on the PATH. Temporal's command line must be at least as new as the pinned one,
 * the only one that is tested; the time-skipping test server does not tell its version and is taken as it is.
 */
export async function onPath({ name, version, variable }: Binary, env: NodeJS.ProcessEnv): Promise<string> {
  for (const folder of (env['PATH'] ?? '').split(path.delimiter).filter((entry) => entry !== '')) {
    const file = path.join(folder, name);
    if (!(await isExecutable(file))) continue;
    if (name === 'temporal') await requireVersion(file, version, variable, env);
    return file;
  }
  throw new Error('not there');
}

async function requireVersion(file: string, oldest: string, variable: string, env: NodeJS.ProcessEnv): Promise<void> {
  const said = (await outputOf(file, ['--version'], { env, timeoutMs: 10_000 })).toString();
  const found = /version v?(\d+\.\d+\.\d+)/.exec(said)?.[1];
  if (found === undefined) throw new Error(`${file} does not tell its version`);
  if (found.localeCompare(oldest, 'en', { numeric: true }) < 0) {
    throw new Error(
      `${file} is version ${found}, older than ${oldest} (to use it all the same, set ${variable}=${file})`,
    );
  }
}
