import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Binary } from './binaries';
import { outputOf } from './command';

/** Temporal's own download service. */
export const OFFICIAL_ORIGIN = 'https://temporal.download';

/** A machine without network is to know it at once. */
const ANSWER_WITHIN_MS = 5_000;
const DOWNLOAD_WITHIN_MS = 10 * 60_000;

/** `process.arch` in the words of the download service. */
const ARCH: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Fetches the release as @temporalio/testing does (sdk-core, ephemeral_server): a description of the archive first,
 * then the archive; gives the bytes of the executable in it. The caller checks them.
 */
export async function officialDownload(
  { artifact, version }: Binary,
  platform: string,
  origin: string,
): Promise<Buffer> {
  const [os = '', arch = ''] = platform.split('-');
  const query = new URLSearchParams({ arch: ARCH[arch] ?? arch, platform: os, format: 'tar.gz' });
  const response = await get(`${origin}/${artifact}/v${version}?${query.toString()}`, ANSWER_WITHIN_MS);
  const { archiveUrl, fileToExtract } = (await response.json()) as { archiveUrl?: unknown; fileToExtract?: unknown };
  if (typeof archiveUrl !== 'string' || typeof fileToExtract !== 'string') {
    throw new Error(`${origin} answered without archiveUrl and fileToExtract`);
  }
  const archive = await (await get(archiveUrl, DOWNLOAD_WITHIN_MS)).arrayBuffer();
  return extract(new Uint8Array(archive), fileToExtract);
}

async function get(url: string, timeoutMs: number): Promise<Response> {
  const { host } = new URL(url);
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((error: unknown) => {
    throw new Error(`${host} cannot be reached`, { cause: error });
  });
  if (!response.ok) throw new Error(`${host} answered ${response.status}`);
  return response;
}

async function extract(archive: Uint8Array, file: string): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'claimkeeper-download-'));
  try {
    await writeFile(path.join(folder, 'archive.tar.gz'), archive);
    return await outputOf('tar', ['-xzOf', path.join(folder, 'archive.tar.gz'), file], {
      env: process.env,
      timeoutMs: 60_000,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
