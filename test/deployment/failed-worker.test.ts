import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { ADMIN } from '../api/running-api';
import { temporaryFolder } from '../support/databases';
import { fromGlobalSetup } from '../support/test-environment';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'main.js');

test('a process whose worker cannot run ends with the reason, and does not go on as half a service', async () => {
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: {
      ...process.env,
      CLAIMKEEPER_DATA_DIR: await temporaryFolder(),
      CLAIMKEEPER_MASTER_KEYS: Buffer.alloc(32, 1).toString('base64'),
      CLAIMKEEPER_ADMIN_TOKEN: ADMIN,
      CLAIMKEEPER_PUBLIC_URL: 'http://127.0.0.1:1',
      TEMPORAL_ADDRESS: fromGlobalSetup('TEST_TEMPORAL_ADDRESS'),
      TEMPORAL_NAMESPACE: 'nowhere',
      PORT: '0',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'inherit', 'pipe'],
    // One that does not end is killed, and has no exit code.
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });
  const said = text(child.stderr);
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(1);
  expect(await said).toMatch(/^Namespace nowhere was not found.*\n$/);
});
