import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase, type Database } from '../../src/store/database';
import { copyEmptyEmbedded } from './empty-embedded';
import { givenServer, newDatabase } from './given-database';
import { postgresBinaries, startPostgresServer, type PostgresServer } from '../../sandbox/postgres-server';

/** What `openDatabase` takes. */
export interface DatabaseOptions {
  url?: string;
  dataDir: string;
}

/** A kind of database that tests run on. Whatever is opened through it is closed and removed after the file's last test. */
export interface TestDatabases {
  name: string;
  /** A new, empty database, not opened and without tables. */
  fresh(): Promise<DatabaseOptions>;
  /** A new database, opened and with its tables. */
  open(): Promise<Database>;
}

const NO_POSTGRES = 'there is no PostgreSQL on this machine, and no DATABASE_URL';

const binaries = postgresBinaries();
let ownServer: Promise<PostgresServer> | null = null;
const cleanUps: (() => Promise<unknown>)[] = [];

afterAll(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await (await ownServer)?.discard();
  ownServer = null;
});

/** The kinds that can be had here: always the embedded one, and PostgreSQL by DATABASE_URL or a server started for the file. */
export function databases(): TestDatabases[] {
  return hasPostgres() ? [embedded, postgres] : [embedded];
}

/** The kind for a test that needs one of either: the embedded one, unless a server is given. */
export function anyDatabase(): TestDatabases {
  return givenServer === undefined ? embedded : postgres;
}

/** The same suite on each kind; where there is no PostgreSQL its part is skipped and says so. */
export function onEachDatabase(suite: (kind: TestDatabases) => void): void {
  for (const kind of databases()) describe(kind.name, () => suite(kind));
  if (!hasPostgres()) skipped(() => suite(postgres));
}

/** A suite that needs PostgreSQL; skipped, saying so, where there is none. */
export function onPostgres(suite: (kind: TestDatabases) => void): void {
  if (hasPostgres()) describe(postgres.name, () => suite(postgres));
  else skipped(() => suite(postgres));
}

/** The server of this file, to stop and start it; `null` when the tests are given one. */
export async function ownPostgresServer(): Promise<PostgresServer | null> {
  if (givenServer !== undefined || binaries === null) return null;
  return (ownServer ??= startPostgresServer(binaries));
}

function hasPostgres(): boolean {
  return givenServer !== undefined || binaries !== null;
}

function skipped(suite: () => void): void {
  console.warn(`PostgreSQL tests are skipped: ${NO_POSTGRES}.`);
  describe.skip(`PostgreSQL (skipped: ${NO_POSTGRES})`, suite);
}

const embedded: TestDatabases = {
  name: 'PGlite',
  async fresh() {
    const dataDir = await temporaryFolder();
    await copyEmptyEmbedded(dataDir);
    return { dataDir };
  },
  open: () => opened(embedded),
};

const postgres: TestDatabases = {
  name: 'PostgreSQL',
  async fresh() {
    const server = await ownPostgresServer();
    const made = await newDatabase(server?.urlOf('postgres') ?? givenServer ?? '');
    cleanUps.push(() => made.drop());
    return { url: made.url, dataDir: await temporaryFolder() };
  },
  open: () => opened(postgres),
};

async function opened(kind: TestDatabases): Promise<Database> {
  const database = await openForTest(await kind.fresh());
  await migrate(database);
  return database;
}

/** Opens a database and closes it after the file's last test. */
export async function openForTest(options: DatabaseOptions): Promise<Database> {
  const database = await openDatabase(options);
  cleanUps.push(() => database.close());
  return database;
}

/** A folder that is removed after the file's last test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'claimkeeper-test-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
