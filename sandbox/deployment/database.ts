import { randomUUID } from 'node:crypto';
import { postgresBinaries, runStatement, startPostgresServer, type PostgresServer } from '../postgres-server';

/** Where a deployment keeps what Temporal should not. */
export interface DeploymentDatabase {
  /** What the service is told of it. */
  env: Record<string, string>;
  /** Takes it away as a crash would, and gives it back; null where it lives inside the one process that uses it, or is not this deployment's alone. */
  restart: { stop(): Promise<void>; start(): Promise<void> } | null;
  /** Whether several processes can use it. */
  isShared: boolean;
  discard(): Promise<void>;
}

/** A database on the server given; else on a PostgreSQL server of its own where there are binaries; else the embedded one. */
export async function startDatabase(given: PostgresServer | undefined): Promise<DeploymentDatabase> {
  if (given !== undefined) return { ...(await databaseOn(given)), restart: null };
  const binaries = postgresBinaries();
  if (binaries === null) return { env: {}, restart: null, isShared: false, discard: () => Promise.resolve() };
  const server = await startPostgresServer(binaries);
  return {
    ...(await databaseOn(server)),
    restart: { stop: () => server.stop(), start: () => server.start() },
    discard: () => server.discard(),
  };
}

async function databaseOn(server: PostgresServer): Promise<Omit<DeploymentDatabase, 'restart'>> {
  const name = `claimkeeper_${randomUUID().replaceAll('-', '')}`;
  const admin = server.urlOf('postgres');
  await runStatement(admin, `create database ${name}`);
  return {
    env: { DATABASE_URL: server.urlOf(name) },
    isShared: true,
    discard: () => runStatement(admin, `drop database ${name} with (force)`),
  };
}
