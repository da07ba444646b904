import { randomUUID } from 'node:crypto';
import { migrate, openDatabase } from '../../src/store/database';
import { runStatement } from '../../sandbox/postgres-server';

/**
 * Where `DATABASE_URL=… npm test` says that there is a PostgreSQL server: then all tests run on it, each in databases of its own. The global
 * set-up renames the variable, so that nothing under test takes somebody's database because it happens to be in the environment.
 */
export const givenServer = process.env['TEST_DATABASE_URL'];

/** A new database on a server, which its maker drops. */
export interface NewDatabase {
  url: string;
  drop(): Promise<void>;
}

/** @param server the address of one of the server's databases. */
export async function newDatabase(server: string): Promise<NewDatabase> {
  const name = `claimkeeper_test_${randomUUID().replaceAll('-', '')}`;
  await runStatement(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runStatement(server, `drop database ${name} with (force)`) };
}

/** A new database with its tables on the given server; null when none is given. */
export async function newGivenDatabase(): Promise<NewDatabase | null> {
  if (givenServer === undefined) return null;
  const made = await newDatabase(givenServer);
  const database = await openDatabase({ url: made.url, dataDir: '' });
  await migrate(database).finally(() => database.close());
  return made;
}
