import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Client, Connection } from '@temporalio/client';
import { until } from '../../../sandbox/claims/until';
import { freePort, isListening } from '../../../sandbox/temporal-server/port';
import { startTemporalServer, type TemporalServer } from '../../../sandbox/temporal-server/start';
import { startOwnTemporalServer } from '../../support/temporal-server';
import { fromGlobalSetup } from '../../support/test-environment';

const executable = (): string => fromGlobalSetup('TEST_TEMPORAL_PATH');

async function withClient<T>({ address }: TemporalServer, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

test('a server answers with the search attributes and with Temporal Web, and is gone after stop', async () => {
  const server = await startOwnTemporalServer({ uiPort: 0 });
  const port = Number(server.address.split(':')[1]);
  try {
    const attributes = await withClient(server, ({ connection }) =>
      connection.operatorService.listSearchAttributes({ namespace: 'default' }),
    );
    const names = ['ClaimBrand', 'ClaimPhase', 'ClaimAttention', 'ClaimSource', 'ClaimOrder', 'ClaimDeadline'];
    expect(Object.keys(attributes.customAttributes ?? {})).toEqual(expect.arrayContaining(names));
    await expect(fetch(server.uiUrl ?? '').then(({ status }) => status)).resolves.toBe(200);
  } finally {
    await server.stop();
  }
  expect(await isListening(port)).toBe(false);
});

test('with a file, a server that was killed goes on with what was there', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'claimkeeper-temporal-'));
  const dbFilename = path.join(folder, 'not-there-yet', 'temporal.db');
  try {
    const first = await startOwnTemporalServer({ dbFilename });
    await withClient(first, (client) =>
      client.workflow.start('nobodyRunsThis', { taskQueue: 'none', workflowId: 'kept' }),
    );
    await first.kill();
    const second = await startOwnTemporalServer({ dbFilename });
    try {
      const { status } = await withClient(second, (client) => client.workflow.getHandle('kept').describe());
      expect(status.name).toBe('RUNNING');
    } finally {
      await second.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each([
  ['port', 'CLAIMKEEPER_TEMPORAL_PORT'],
  ['uiPort', 'CLAIMKEEPER_TEMPORAL_UI_PORT'],
] as const)('a %s that is taken is refused with the name of the variable to set', async (which, variable) => {
  const port = await freePort();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  try {
    await expect(startTemporalServer({ executable: executable(), [which]: port })).rejects.toThrow(
      new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken.*set ${variable} to another port, or TEMPORAL_ADDRESS`),
    );
  } finally {
    other.close();
  }
});

test('a port that is none is refused with the name of the variable', async () => {
  const started = startTemporalServer({ executable: executable(), port: Number('seven') });
  await expect(started).rejects.toThrow('CLAIMKEEPER_TEMPORAL_PORT must be a port');
});

test('a server that does not come up is reported with its own last words', async () => {
  const started = startTemporalServer({ executable: process.execPath });
  await expect(started).rejects.toThrow(/ended before it was ready. It said:\n[^]*Cannot find module/);
});

test('a server ends when the process that started it is killed', async () => {
  const start = path.join(__dirname, '../../../sandbox/temporal-server/start.ts');
  const script = `require(${JSON.stringify(start)})
    .startTemporalServer({ executable: ${JSON.stringify(executable())} })
    .then(({ address }) => console.log(address))`;
  const hook = path.join(__dirname, '../../support/typescript-hook.cjs');
  const parent = spawn(process.execPath, ['--require', hook, '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [address = ''] = await createInterface({ input: parent.stdout })
    [Symbol.asyncIterator]()
    .next()
    .then(({ value }) => [value as string]);
  const port = Number(address.split(':')[1]);
  expect(await isListening(port)).toBe(true);
  parent.kill('SIGKILL');
  await until('a server that is gone', async () => !(await isListening(port)));
});
