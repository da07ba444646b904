import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { type Database } from '../../src/store/database';
import { type PostgresServer } from '../../sandbox/postgres-server';

/** A disk of a few megabytes that holds one table of a database. */
export interface SmallDisk {
  /** Leaves no byte on it. */
  fill(): void;
  /** As before. */
  free(): void;
  /** When the server is gone. */
  unmount(): void;
}

const MEGABYTE = 1024 * 1024;

/** Moves a table of a database on this server to a small disk; `null` where none may be mounted. */
export async function onSmallDisk(
  server: PostgresServer,
  database: Database,
  table: string,
): Promise<SmallDisk | null> {
  const folder = `${server.folder}-disk`;
  const { uid, gid } = statSync(server.folder);
  mkdirSync(folder);
  const unmount = (): void => {
    execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
    rmSync(folder, { recursive: true });
  };
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=8m,uid=${uid},gid=${gid}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    console.warn('The test of a full disk is skipped: no small one may be mounted here.');
    return null;
  }
  await database.sql.execute(sql.raw(`create tablespace small location '${folder}'`));
  await database.sql.execute(sql.raw(`alter table ${table} set tablespace small`));
  const ballast = join(folder, 'ballast');
  return {
    fill() {
      for (let size = MEGABYTE, n = 0; size >= 1; n++)
        try {
          writeFileSync(`${ballast}-${n}`, Buffer.alloc(size), { flag: 'wx' });
        } catch {
          size = Math.floor(size / 2);
        }
    },
    free() {
      execFileSync('sh', ['-c', `rm ${ballast}-*`]);
    },
    unmount,
  };
}
