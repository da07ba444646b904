import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { type Binary } from './binaries';

/**
 * Where fetched servers are kept: the user's cache folder, so that all clones share one download
 * and a fresh clone starts at once ($XDG_CACHE_HOME, else ~/Library/Caches on macOS and ~/.cache elsewhere).
 */
export function cachedPath({ name, version }: Binary, platform: string, env: NodeJS.ProcessEnv): string {
  const home = env['HOME'] ?? homedir();
  const standard = platform.startsWith('darwin') ? path.join(home, 'Library', 'Caches') : path.join(home, '.cache');
  return path.join(env['XDG_CACHE_HOME'] || standard, 'claimkeeper', `${name}-${version}-${platform}`, name);
}

/** Whether the path is a file that may be executed. */
export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Puts an executable at its place in one step, so that a reader, or another process that does the same, never sees a part of it. */
export async function keepExecutable(file: string, bytes: Uint8Array): Promise<void> {
  const partial = `${file}.${randomUUID()}.part`;
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await writeFile(partial, bytes, { mode: 0o755 });
    await rename(partial, file);
  } finally {
    await rm(partial, { force: true });
  }
}
