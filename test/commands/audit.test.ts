import { sql } from 'drizzle-orm';
import { auditCommand } from '../../src/commands/audit';
import { migrate, openDatabase, type Database } from '../../src/store/database';
import { createStore } from '../../src/store/store';
import { vault } from '../store/open-stores';
import { databases, type DatabaseOptions, type TestDatabases } from '../support/databases';
import { runCommand, type Ran } from './run-command';

// Opened again and again: the embedded one takes seconds for that.
const kind = databases().at(-1) as TestDatabases;
let env: Record<string, string>;
let options: DatabaseOptions;

const variablesOf = ({ url, dataDir }: DatabaseOptions): Record<string, string> => ({
  CLAIMKEEPER_DATA_DIR: dataDir,
  ...(url === undefined ? {} : { DATABASE_URL: url }),
});

/** Opens the database between two commands, as the service does. */
async function inBetween(work: (database: Database) => Promise<unknown>): Promise<void> {
  const database = await openDatabase({ url: undefined, ...options });
  await work(database).finally(() => database.close());
}

beforeAll(async () => {
  options = await kind.fresh();
  env = {
    ...variablesOf(options),
    CLAIMKEEPER_MASTER_KEYS: Buffer.alloc(32, 7).toString('base64'),
    CLAIMKEEPER_ADMIN_TOKEN: 'admin-token-of-the-environment',
    CLAIMKEEPER_PUBLIC_URL: 'http://127.0.0.1:8080',
  };
  await inBetween((database) => migrate(database));
});

const audit = (...args: string[]): Promise<Ran> => runCommand(auditCommand(env), ...args);

test('an empty log is said to be empty', async () => {
  expect(await audit('verify')).toEqual({ out: 'The audit log is empty.\n', exitCode: 0 });
});

test('a sound log ends with exit code 0 and names its last line, which may be given back', async () => {
  await inBetween(async (database) => {
    const log = createStore(database, vault).audit;
    for (const brand of ['acme', 'other', 'acme'])
      await log.append({
        callId: 'call-1',
        actor: 'token tok_1',
        action: 'DELETE /v1/brands/{brand}',
        brand,
        claimId: null,
        outcome: 'done',
        details: { status: 204 },
        at: '2026-03-02T09:14:07.000Z',
      });
  });
  const { out, exitCode } = await audit('verify');
  expect([exitCode, out]).toEqual([0, expect.stringContaining('The audit log is sound: 3 lines.')]);
  const head = out.trim().split('\n').at(-1) ?? '';
  expect(head).toMatch(/^3:[0-9a-f]{64}$/);
  expect((await audit('verify', '--head', head)).exitCode).toBe(0);
  expect(await audit('verify', '--head', `2:${head.slice(2)}`)).toEqual({
    out: 'Line 2 is not the one that was noted.\nThe audit log is not sound: 1 found.\n',
    exitCode: 1,
  });
});

test('a head that is none is refused before anything is opened', async () => {
  const { out, exitCode } = await audit('verify', '--head', 'three');
  expect([exitCode, out]).toEqual([1, expect.stringContaining('such as 12:9f0c')]);
});

test('lines are listed, newest first, as a table or as JSON', async () => {
  const { out } = await audit('list', '--brand', 'acme');
  expect(out).toMatch(/3 .*token tok_1 .*DELETE \/v1\/brands\/\{brand\} .*acme .*done .*status=204/);
  expect(out).not.toContain('other');
  const { out: json } = await audit('list', '--limit', '2', '--json');
  expect(JSON.parse(json)).toMatchObject([
    { seq: 3, brand: 'acme' },
    { seq: 2, brand: 'other' },
  ]);
});

test('a log that was tampered with ends with exit code 1 and names the line, as text and as JSON', async () => {
  await inBetween((database) => database.sql.execute(sql`update audit set actor = 'admin' where seq = 2`));
  const fault = 'Line 2 was changed: it does not give its hash.';
  expect(await audit('verify')).toEqual({ out: `${fault}\nThe audit log is not sound: 1 found.\n`, exitCode: 1 });
  const { out, exitCode } = await audit('verify', '--json');
  expect([exitCode, JSON.parse(out)]).toMatchObject([1, { faults: [fault], faultCount: 1, head: { seq: 3 } }]);
});

test('without the tables it says what to do', async () => {
  const command = auditCommand({ ...env, ...variablesOf(await kind.fresh()) });
  await expect(runCommand(command, 'verify')).rejects.toThrow('claimkeeper migrate');
});
