import { migrate, openDatabase } from '../../src/store/database';
import { createStore, type Store } from '../../src/store/store';
import { createVault } from '../../src/store/vault';
import { postgresBinaries, runStatement, startPostgresServer } from '../../sandbox/postgres-server';
import { type Site } from './site';

/** A new database with its tables, of the kind that is measured. */
export interface SiteDatabase {
  /** How a process of the product is told of it. */
  env: Record<string, string>;
  url: string | undefined;
  dataDir: string;
  /** Opens it in this process, until the site is cleared or `close()`; the embedded one is for one process at a time. */
  open(masterKey: string): Promise<Store>;
}

/** Gives new databases, all on one server of the site's own where it is PostgreSQL. */
export async function databasesOn(site: Site): Promise<() => Promise<SiteDatabase>> {
  const newUrl = site.database === 'postgres' ? await startServer(site) : () => Promise.resolve(undefined);
  return async () => {
    const [url, dataDir] = [await newUrl(), await site.folder()];
    const database = await openDatabase({ url, dataDir });
    await migrate(database).finally(() => database.close());
    return {
      env: { CLAIMKEEPER_DATA_DIR: dataDir, ...(url === undefined ? {} : { DATABASE_URL: url }) },
      url,
      dataDir,
      async open(masterKey) {
        const vault = createVault([Buffer.from(masterKey, 'base64')]);
        const store = createStore(await openDatabase({ url, dataDir }), vault);
        site.keep({ stop: () => store.close() });
        return store;
      },
    };
  };
}

async function startServer(site: Site): Promise<() => Promise<string>> {
  const binaries = postgresBinaries();
  if (binaries === null) throw new Error('PostgreSQL is not on this machine: run with --database pglite.');
  const server = await startPostgresServer(binaries, true);
  site.keep({ stop: () => server.discard() });
  let count = 0;
  return async () => {
    const name = `bench_${++count}`;
    await runStatement(server.urlOf('postgres'), `create database ${name}`);
    return server.urlOf(name);
  };
}
