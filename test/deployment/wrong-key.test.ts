import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { migrate } from '../../src/store/database';
import { createStore } from '../../src/store/store';
import { createVault } from '../../src/store/vault';
import { ADMIN } from '../api/running-api';
import { databases, openForTest, type TestDatabases } from '../support/databases';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'main.js');
const [kind] = databases() as [TestDatabases];
const [right, wrong] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const { keyIds } = createVault([right]);
let dataDir: string;

beforeAll(async () => {
  ({ dataDir } = await kind.fresh());
  const database = await openForTest({ dataDir });
  await migrate(database);
  await createStore(database, createVault([right])).masterKeys.use();
  await database.close();
});

test.each([['serve'], ['audit verify']])(
  'with the data of another master key "claimkeeper %s" ends at once with one message that names the key and the variable',
  async (command) => {
    const env = {
      ...process.env,
      DATABASE_URL: '',
      CLAIMKEEPER_DATA_DIR: dataDir,
      CLAIMKEEPER_MASTER_KEYS: wrong.toString('base64'),
      CLAIMKEEPER_ADMIN_TOKEN: ADMIN,
      CLAIMKEEPER_PUBLIC_URL: 'http://127.0.0.1',
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      PORT: '0',
    };
    const ran = promisify(execFile)(process.execPath, [MAIN, ...command.split(' ')], { env, timeout: 30_000 });
    const { code, stderr } = (await ran.catch((error: unknown) => error)) as { code?: number; stderr: string };
    expect([code, stderr.trimEnd().split('\n')]).toEqual([
      1,
      [expect.stringContaining(`CLAIMKEEPER_MASTER_KEYS lacks master key ${keyIds[0]}`)],
    ]);
    expect(stderr).not.toContain(right.toString('base64'));
  },
);
