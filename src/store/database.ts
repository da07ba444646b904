import { type PgDatabase, type PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { type Bell } from './bell';
import { openEmbedded } from './embedded';
import { openPostgres } from './postgres';

/** Drizzle over either database. */
export type Sql = PgDatabase<PgQueryResultHKT>;

/** An open database, whichever it is. */
export interface Database {
  readonly sql: Sql;
  /** Rung when a delivery may be pending. */
  readonly bell: Bell;
  migrate(): Promise<void>;
  /** Ends what is open; a second call does nothing. */
  close(): Promise<void>;
}

/**
 * Opens the PostgreSQL database of `url`, or without one the embedded database in `dataDir`, which is for one process.
 *
 * @throws DatabaseUnavailable, DatabaseInUse, with the remedy.
 */
export function openDatabase({ url, dataDir }: { url?: string | undefined; dataDir: string }): Promise<Database> {
  return url === undefined ? openEmbedded(dataDir) : openPostgres(url);
}

/** Brings the tables up to date. Any number of processes may do this at once. @throws DatabaseUnavailable */
export function migrate(database: Database): Promise<void> {
  return database.migrate();
}
