import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Client } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { until } from '../../sandbox/claims/until';
import { keysCommand } from '../../src/commands/keys';
import { migrate, openDatabase, type Database } from '../../src/store/database';
import { MasterKeyMissing } from '../../src/store/errors';
import { createStore, type Store } from '../../src/store/store';
import { createVault } from '../../src/store/vault';
import { lazyClient, temporalConfig } from '../../src/temporal/connection';
import { aBrand, aDelivery } from '../store/open-stores';
import { databases, onPostgres, openForTest, type DatabaseOptions, type TestDatabases } from '../support/databases';
import { startOwnTemporalServer } from '../support/temporal-server';
import { runCommand, type Ran } from './run-command';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'main.js');
const [old, fresh, third] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2), Buffer.alloc(32, 3)];
const [oldId, freshId] = createVault([old, fresh]).keyIds as [string, string];

let temporal: Awaited<ReturnType<typeof startOwnTemporalServer>>;
beforeAll(async () => {
  temporal = await startOwnTemporalServer();
});
afterAll(() => temporal.stop());

/** Does something at the Temporal server that runs now. */
async function atTemporal(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = lazyClient(temporalConfig({ TEMPORAL_ADDRESS: temporal.address }), {});
  await work(client).finally(() => client.connection.close());
}

const startClaim = (claimId: string): Promise<void> =>
  atTemporal(({ workflow }) =>
    workflow.start('claimWorkflow', { workflowId: `claim:acme:${claimId}`, taskQueue: 'claims' }),
  );

const envOf = ({ url, dataDir }: DatabaseOptions, ...keys: Buffer[]): Record<string, string> => ({
  CLAIMKEEPER_DATA_DIR: dataDir,
  DATABASE_URL: url ?? '',
  CLAIMKEEPER_MASTER_KEYS: keys.map((key) => key.toString('base64')).join(','),
  CLAIMKEEPER_ADMIN_TOKEN: 'admin-token-of-the-environment',
  CLAIMKEEPER_PUBLIC_URL: 'http://127.0.0.1:8080',
  TEMPORAL_ADDRESS: temporal.address,
});

/** What the service does: comes with these keys and writes. */
async function serve(database: Database, ...keys: Buffer[]): Promise<Store> {
  const store = createStore(database, createVault(keys));
  await store.masterKeys.use();
  return store;
}

describe('a rotation', () => {
  // Opened again and again: the embedded one takes seconds for that.
  const kind = databases().at(-1) as TestDatabases;
  let options: DatabaseOptions;
  const keys = (given: Buffer[], ...args: string[]): Promise<Ran> =>
    runCommand(keysCommand(envOf(options, ...given)), ...args);
  beforeAll(async () => {
    options = await kind.fresh();
    const database = await openDatabase({ url: undefined, ...options });
    await migrate(database);
    const store = createStore(database, createVault([old]));
    await store.masterKeys.use();
    await store.brands.put('acme', aBrand());
    await Promise.all(Array.from({ length: 40 }, () => store.deliveries.record(aDelivery())));
    await store.close();
    await startClaim('cl-1');
  });

  test('begins with one key, which seals everything', async () => {
    const { out, exitCode } = await keys([old], 'status');
    expect(exitCode).toBe(0);
    expect(out).toMatch(new RegExp(`rows sealed with +│ ${oldId} `));
    expect(out).toMatch(/deliveries\.body +│ 40 /);
    expect(out).toContain(`Key ${oldId} seals.`);
  });

  test('goes on with a new key behind it, which has sealed nothing yet', async () => {
    const { out, exitCode } = await keys([old, fresh], 'status');
    expect([exitCode, out]).toEqual([0, expect.stringContaining(`Key ${freshId} has nothing sealed with it`)]);
    expect((await keys([old, fresh], 'rotate')).out).toBe(
      `0 rows resealed with key ${oldId}.\nKey ${freshId} has nothing sealed with it: it is to stand first in CLAIMKEEPER_MASTER_KEYS one day, or may be removed.\n`,
    );
  });

  test('then with the new key first: rows are said to need the old one, and what to type', async () => {
    const { out, exitCode } = await keys([fresh, old], 'status');
    expect(exitCode).toBe(2);
    expect(out).toContain(`Key ${oldId} is needed: 42 rows are sealed with it.\n  Next: claimkeeper keys rotate`);
  });

  test('reseals every row, and keeps the old key while a workflow is open that began before', async () => {
    const { out, exitCode } = await keys([fresh, old], 'rotate');
    expect(exitCode).toBe(2);
    // The end of the audit log was sealed with the new key when the command was written down.
    expect(out).toMatch(
      new RegExp(
        `^41 rows resealed with key ${freshId}\\.\nKey ${oldId} is needed: .*, but 1 open and 0 closed workflow runs began before\\.`,
      ),
    );
    await expect(keys([fresh], 'status')).rejects.toThrow(MasterKeyMissing);
  });

  test('and while Temporal keeps one that is closed', async () => {
    await atTemporal(({ workflow }) => workflow.getHandle('claim:acme:cl-1').terminate());
    await until('a run that is closed', async () => {
      const { out } = await keys([fresh, old], 'status', '--json');
      const [, standing] = (JSON.parse(out) as { keys: { id: string; need: string; runs: unknown }[] }).keys;
      expect(standing).toMatchObject({ id: oldId, need: 'runs', rows: 0 });
      return JSON.stringify(standing?.runs) === JSON.stringify({ open: 0, closed: 1, retentionHours: 24 });
    });
  });

  test('says so when Temporal does not answer, and ends when it has none of those runs any more: the old key may go, and goes', async () => {
    await temporal.stop();
    const { out: unknown, exitCode: left } = await keys([fresh, old], 'rotate');
    expect([left, unknown]).toEqual([2, expect.stringContaining('Temporal does not answer')]);
    // Another one knows of no run, as the first would when its retention is over.
    temporal = await startOwnTemporalServer();
    const { out, exitCode } = await keys([fresh, old], 'rotate');
    expect([exitCode, out]).toEqual([0, expect.stringContaining(`Key ${oldId} is needed no more: remove it from`)]);
    expect(await keys([fresh], 'status')).toMatchObject({
      exitCode: 0,
      out: expect.not.stringContaining(oldId) as string,
    });
  });

  test('is written down in the audit log', async () => {
    const database = await openDatabase({ url: undefined, ...options });
    const { audit, close } = createStore(database, createVault([fresh]));
    const lines = await audit.list({ limit: 100 });
    expect(await audit.verify()).toMatchObject({ faultCount: 0 });
    await close();
    expect(lines.toReversed().slice(2, 4)).toMatchObject([
      {
        action: 'claimkeeper keys rotate',
        outcome: 'asked',
        actor: expect.stringMatching(/^command line \S+@\S+$/) as string,
      },
      { action: 'claimkeeper keys rotate', outcome: 'done', details: { resealed: 41, notOpened: 0, isStopped: false } },
    ]);
  });

  test('may leave a key that is lost: it is given up only when no row needs it, and then need not be there', async () => {
    await expect(keys([third], 'forget', freshId)).rejects.toThrow(
      / rows are sealed with key .*, and cannot be read without it/,
    );
    await expect(keys([fresh], 'forget', freshId)).rejects.toThrow('it seals');
    await expect(keys([fresh], 'forget', oldId)).rejects.toThrow('has nothing sealed with it here');
    await startClaim('cl-2');
    await until('a key that only a workflow needs', async () =>
      (await keys([third, fresh], 'rotate')).out.includes('1 open'),
    );
    await expect(keys([third], 'status')).rejects.toThrow(MasterKeyMissing);
    const { out } = await keys([third], 'forget', freshId);
    expect(out).toMatch(
      /need not be in CLAIMKEEPER_MASTER_KEYS any more\.\n1 open workflow runs began before 2.*, and go on only with the key/,
    );
    expect((await keys([third], 'status')).exitCode).toBe(0);
  });
});

onPostgres((kind) => {
  let options: DatabaseOptions;
  let database: Database;
  beforeEach(async () => {
    options = await kind.fresh();
    database = await openForTest(options);
    await database.migrate();
    const store = await serve(database, old);
    await Promise.all(Array.from({ length: 200 }, () => store.deliveries.record(aDelivery())));
  });

  /** Runs `keys rotate` in a process of its own that cannot get past one row in the middle; `end` is done to it there. */
  async function rotateUntilHalf(end: 'SIGINT' | 'SIGKILL'): Promise<{ exitCode: number | null; out: string }> {
    const other = await openForTest(options);
    const child = spawn(process.execPath, [MAIN, 'keys', 'rotate'], {
      env: { ...process.env, ...envOf(options, fresh, old) },
    });
    const exit = once(child, 'exit');
    const out: string[] = [];
    child.stdout.on('data', (text) => out.push(String(text)));
    await other.sql.transaction(async (tx) => {
      await tx.execute(sql`select id from deliveries order by id offset 100 limit 1 for update`);
      await until('a rotation that waits for the row', async () => {
        const waiting = await tx.select({ pid: sql`pid` }).from(sql`pg_locks where not granted`);
        return waiting.length > 0;
      });
      child.kill(end);
      if (end === 'SIGKILL') await exit;
      else for await (const line of createInterface(child.stderr)) if (line.includes('stopping')) break;
    });
    await exit;
    return { exitCode: child.exitCode, out: out.join('') };
  }

  test.each(['SIGINT', 'SIGKILL'] as const)(
    'a rotation that is ended by %s half way goes on when it is started again',
    async (signal) => {
      const { exitCode, out } = await rotateUntilHalf(signal);
      if (signal === 'SIGINT')
        expect([exitCode, out]).toEqual([
          2,
          expect.stringMatching(/^\d+ rows resealed .*\nStopped half way; .*\n {2}Next: claimkeeper keys rotate\n$/),
        ]);
      const store = await serve(database, fresh, old);
      const [deliveries] = (await store.resealing.count()).filter(({ column }) => column === 'deliveries.body');
      const { [oldId]: left = 0, [freshId]: done = 0 } = deliveries?.keys ?? {};
      expect([left > 0, done > 0, left + done]).toEqual([true, true, 200]);
      expect(await store.deliveries.lease({ limit: 300, seconds: 0 })).toHaveLength(200);
      const { out: again } = await runCommand(keysCommand(envOf(options, fresh, old)), 'rotate');
      expect(again).toContain('no row is sealed with it since');
      const afterwards = createStore(database, createVault([fresh]));
      expect(await afterwards.deliveries.lease({ limit: 300, seconds: 0 })).toHaveLength(200);
    },
  );
});
