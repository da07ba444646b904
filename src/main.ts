#!/usr/bin/env node
import { Command } from 'commander';
import { auditCommand } from './commands/audit';
import { brandCommand } from './commands/brand';
import { keysCommand } from './commands/keys';
import { print } from './commands/print';
import { ConfigError, loadConfig } from './config';
import { createLog } from './log';
import { redact } from './redact';
import { startService, WORKFLOW_BUNDLE, type Roles } from './service';
import { migrate, openDatabase } from './store/database';
import { lazyClient, temporalConfig } from './temporal/connection';
import { registerSearchAttributes } from './temporal/namespace';
import { logTemporalBy } from './temporal/runtime';

const program = new Command('claimkeeper')
  .description('Durable workflows for shipping-protection claims.')
  .addHelpText('after', '\nEvery variable of the environment is in .env.example. To try it with simulators: npm start');

program
  .command('serve')
  .description('take webhooks and callbacks (--api), do the work (--worker), or both when none is named')
  .option('--api', 'the HTTP interface and the dispatcher of stored deliveries')
  .option('--worker', 'the Temporal workers')
  .action(serve);

program
  .command('migrate')
  .description('bring the database and the search attributes of the Temporal namespace up to date')
  .action(migrateAll);

program.addCommand(brandCommand(process.env));
program.addCommand(auditCommand(process.env));
program.addCommand(keysCommand(process.env));

async function serve({ api = false, worker = false }: Partial<Roles>): Promise<void> {
  const config = loadConfig(process.env);
  const roles = api === worker ? { api: true, worker: true } : { api, worker };
  if (config.databaseUrl === null && api !== worker)
    throw new ConfigError(
      'The embedded database serves one process: set DATABASE_URL to run a single role, or run both in one process.',
    );
  const log = createLog(config.logLevel);
  const temporal = temporalConfig(process.env);
  // Only workers use that part of Temporal's SDK.
  const endTemporal = roles.worker ? logTemporalBy(log) : undefined;
  const starting = startService({ config, temporal, roles, log, workflowBundle: WORKFLOW_BUNDLE });
  const service = await starting.catch(async (error: unknown) => {
    await endTemporal?.();
    throw error;
  });
  const signal = new Promise<string>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve(name));
  });
  log.info({ ...roles, port: service.port }, 'claimkeeper serves');
  try {
    await Promise.race([signal, service.ended]);
  } finally {
    // Also when a part has failed: the others must not go on without it.
    log.info('claimkeeper finishes what is in flight');
    await service.stop();
  }
}

async function migrateAll(): Promise<void> {
  const { databaseUrl, dataDir } = loadConfig(process.env);
  const database = await openDatabase({ dataDir, url: databaseUrl ?? undefined });
  await migrate(database).finally(() => database.close());
  const client = lazyClient(temporalConfig(process.env), {});
  try {
    const added = await registerSearchAttributes(client);
    print(
      `database: up to date\nsearch attributes: ${added.length === 0 ? 'up to date' : `added ${added.join(', ')}`}`,
    );
  } finally {
    await client.connection.close();
  }
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${redact(error instanceof Error ? error.message : String(error))}\n`);
  // What could not be built to its end (a worker, most of all) may have left something running that keeps the process up.
  process.exit(1);
});
