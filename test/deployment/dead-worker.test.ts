import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ADMIN } from '../api/running-api';
import { databases, type TestDatabases } from '../support/databases';
import { fromGlobalSetup } from '../support/test-environment';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'main.js');
const [kind] = databases() as [TestDatabases];

test('when the workers end by themselves, so does the process with its API, and says why', async () => {
  const { dataDir } = await kind.fresh();
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      CLAIMKEEPER_DATA_DIR: dataDir,
      CLAIMKEEPER_MASTER_KEYS: Buffer.alloc(32, 7).toString('base64'),
      CLAIMKEEPER_ADMIN_TOKEN: ADMIN,
      CLAIMKEEPER_PUBLIC_URL: 'http://127.0.0.1',
      TEMPORAL_ADDRESS: fromGlobalSetup('TEST_TEMPORAL_ADDRESS'),
      TEMPORAL_NAMESPACE: 'gone',
      PORT: '0',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    // One that does not end is killed, and has no exit code.
    timeout: 50_000,
    killSignal: 'SIGKILL',
  });
  const exit = once(child, 'exit');
  const stderr = await text(child.stderr);
  await exit;
  expect([child.exitCode, stderr]).toEqual([1, expect.stringContaining('gone')]);
});
