import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, Pool, type ClientConfig } from 'pg';
import { type Database } from './database';
import { DatabaseUnavailable } from './errors';
import { MIGRATIONS } from './migrations-folder';
import { withPlainErrors } from './plain-errors';
import { pooled } from './pooled';
import { createPostgresBell } from './postgres-bell';

/** Any number, the same in every process: what processes that migrate at once wait for. */
const MIGRATION_LOCK = 4_862_013;

/** How long a statement may take. Its connection is given up then, so that nobody waits behind it. */
const STATEMENT_MS = 15_000;

/** Opens a pool on a PostgreSQL server and sees that it answers. @throws DatabaseUnavailable with the remedy. */
export async function openPostgres(url: string, statementMs = STATEMENT_MS): Promise<Database> {
  if (!/^postgres(ql)?:\/\//.test(url))
    throw new DatabaseUnavailable('DATABASE_URL must begin with postgres:// or postgresql://.');
  const connection: ClientConfig = {
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'claimkeeper',
  };
  const pool = new Pool({ ...connection, query_timeout: statementMs });
  // An idle connection that breaks is taken out of the pool; whoever needs one next makes a new one, or hears that there is none.
  pool.on('error', () => undefined);
  const bell = createPostgresBell(connection, (channel, sender) =>
    pool.query('select pg_notify($1, $2)', [channel, sender]),
  );
  let closed: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await bell.close();
    await pool.end();
  };

  try {
    await withPlainErrors(() => pool.query('select 1'));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    sql: pooled(pool),
    bell,
    migrate: () => withPlainErrors(() => migrateAlone(connection)),
    close: () => (closed ??= close()),
  };
}

/** On a connection of its own: without the pool's time limit, and with a lock that ends with it. */
async function migrateAlone(connection: ClientConfig): Promise<void> {
  const client = new Client(connection);
  // The statement under way tells of a connection that breaks.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
  } finally {
    await client.end();
  }
}
