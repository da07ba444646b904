import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { createLocalBell } from './bell';
import { type Database } from './database';
import { DatabaseUnavailable } from './errors';
import { MIGRATIONS } from './migrations-folder';
import { withPlainErrors } from './plain-errors';
import { lockForThisProcess } from './process-lock';

/**
 * Opens PGlite, PostgreSQL inside this process, in the folder `database` of `dataDir`. PGlite itself does not notice a second
 * process and would be broken by it, so a lock file keeps others out. What was committed outlives a killed process; it
 * outlives a power failure only as far as the operating system had written it (PGlite does not fsync), which is why production has PostgreSQL.
 *
 * @throws DatabaseInUse, DatabaseUnavailable, with the remedy.
 */
export async function openEmbedded(dataDir: string): Promise<Database> {
  const folder = join(dataDir, 'database');
  await mkdir(dataDir, { recursive: true });
  const unlock = await lockForThisProcess(join(dataDir, 'database.lock'));
  let client: PGlite;
  try {
    client = await PGlite.create({ dataDir: folder });
  } catch (error) {
    await unlock();
    throw new DatabaseUnavailable(
      `The embedded database in ${folder} cannot be opened. Restore the folder from a backup, or move it away to begin with an empty one, or set DATABASE_URL.`,
      { cause: error },
    );
  }

  const sql = drizzle(client);
  const bell = createLocalBell();
  let closed: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await bell.close();
    await client.close().finally(unlock);
  };
  return {
    sql,
    bell,
    migrate: () => withPlainErrors(() => migrate(sql, { migrationsFolder: MIGRATIONS })),
    close: () => (closed ??= close()),
  };
}
