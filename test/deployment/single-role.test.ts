import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ADMIN } from '../api/running-api';
import { onPostgres, openForTest } from '../support/databases';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'main.js');
/** Nobody listens there: Temporal is down. */
const NOWHERE = '127.0.0.1:1';

onPostgres((kind) => {
  test.each(['--api', '--worker'])('a process with %s alone ends by itself when it is told to stop', async (role) => {
    const options = await kind.fresh();
    await (await openForTest(options)).migrate();
    const child = spawn(process.execPath, [MAIN, 'serve', role], {
      env: {
        ...process.env,
        DATABASE_URL: options.url,
        CLAIMKEEPER_MASTER_KEYS: Buffer.alloc(32, 7).toString('base64'),
        CLAIMKEEPER_ADMIN_TOKEN: ADMIN,
        CLAIMKEEPER_PUBLIC_URL: 'http://127.0.0.1',
        TEMPORAL_ADDRESS: NOWHERE,
        PORT: '0',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
      // One that does not end is killed, and has no exit code.
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    const exit = once(child, 'exit');
    const lines: string[] = [];
    for await (const line of createInterface(child.stderr)) {
      lines.push(line);
      if (line.includes('claimkeeper serves')) child.kill('SIGTERM');
    }
    await exit;
    expect([child.exitCode, lines.at(-1)]).toEqual([0, expect.stringContaining('finishes what is in flight')]);
  });
});
