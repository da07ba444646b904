import { execFileSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';
import { until } from './claims/until';
import { startGuarded } from './temporal-server/guarded';

/** A throwaway PostgreSQL server on a socket in a folder of its own. */
export interface PostgresServer {
  /** What is its own on disk; belongs to the user that it runs as. */
  folder: string;
  /** The address of one of its databases. */
  urlOf(database: string): string;
  /** As a crash would: connections break, what was committed stays. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes everything. */
  discard(): Promise<void>;
}

const DEBIAN = '/usr/lib/postgresql';

/** Where `initdb` and `postgres` are, the newest of Debian's folders first; `null` when they are not on this machine. */
export function postgresBinaries(): string | null {
  const versions = tryTo(() => readdirSync(DEBIAN)) ?? [];
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(DEBIAN, version, 'bin'));
  const folders = [...newestFirst, ...(process.env['PATH'] ?? '').split(delimiter)];
  return (
    folders.find((folder) => isExecutable(join(folder, 'initdb')) && isExecutable(join(folder, 'postgres'))) ?? null
  );
}

/**
 * @param flushes whether what is committed outlives a crash of the machine too: only what is measured needs that.
 * @throws when the server does not come up.
 */
export async function startPostgresServer(binaries: string, flushes = false): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'claimkeeper-pg-'));
  const user = unprivilegedUser();
  if (user !== null) await chown(folder, user.uid, user.gid);
  const as = { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C' } };
  const cluster = join(folder, 'cluster');
  const initialise = [
    '-D',
    cluster,
    '-U',
    'postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--no-sync',
    '--no-instructions',
  ];
  execFileSync(join(binaries, 'initdb'), initialise, { ...as, stdio: ['ignore', 'ignore', 'inherit'] });
  const urlOf = (database: string): string =>
    `postgres://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`;

  let stop = (): Promise<void> => Promise.resolve();
  const start = async (): Promise<void> => {
    const settings = [
      'listen_addresses=',
      `unix_socket_directories=${folder}`,
      `fsync=${flushes ? 'on' : 'off'}`,
      'log_min_messages=panic',
    ];
    const args = ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])];
    // SIGQUIT: "immediate shutdown" (PostgreSQL, "Shutting Down the Server").
    const server = startGuarded(join(binaries, 'postgres'), args, as.env, { ...user, cwd: folder, endsBy: 'SIGQUIT' });
    let hasEnded = false;
    void server.ended.then(() => (hasEnded = true));
    stop = () => server.stop();
    await until('a PostgreSQL server that answers', () => {
      if (hasEnded) throw new Error(`PostgreSQL ended before it was ready. It said:\n${server.lastWords()}`);
      return answers(urlOf('postgres'));
    });
  };
  await start();

  return {
    folder,
    urlOf,
    start,
    stop: () => stop(),
    async discard() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs one statement. */
export async function runStatement(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function answers(url: string): Promise<boolean> {
  return runStatement(url, 'select 1').then(
    () => true,
    () => false,
  );
}

/** PostgreSQL refuses to run as root: then it runs as the user of the system's own PostgreSQL, or as nobody. */
function unprivilegedUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const name = ['postgres', 'nobody'].find((user) => tryTo(() => idOf('-u', user)) !== null) ?? 'nobody';
  return { uid: idOf('-u', name), gid: idOf('-g', name) };
}

function idOf(which: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [which, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
}

function isExecutable(file: string): boolean {
  return tryTo(() => (accessSync(file, constants.X_OK), true)) ?? false;
}

function tryTo<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}
