import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { locateServer } from '../../sandbox/temporal-server/locate';
import { type TemporalServer } from '../../sandbox/temporal-server/start';
import { startOwnTemporalServer } from './temporal-server';
import { workflowBundle } from './workflow-bundle';

declare global {
  /** What the global teardown stops. */
  var testRun: { mark: string; reaper: ChildProcess; temporal: TemporalServer };
}

/** One real Temporal dev server and one workflow bundle for all tests; see `TestVariable` for what tests find in the environment. */
export default async function setUp(): Promise<void> {
  const reaper = { mark: `CLAIMKEEPER_TEST_RUN=${randomUUID()}` };
  const child = spawn(process.execPath, [path.join(__dirname, 'reaper.cjs'), reaper.mark], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  process.env['CLAIMKEEPER_TEST_RUN'] = reaper.mark.split('=')[1];

  const { DATABASE_URL } = process.env;
  delete process.env['DATABASE_URL'];
  if (DATABASE_URL) process.env['TEST_DATABASE_URL'] = DATABASE_URL;

  const report = (line: string): void => console.log(`Set-up: ${line}`);
  const [executable, timeSkipping] = await Promise.all([
    locateServer('temporal', { report }),
    locateServer('temporal-test-server', { report }),
  ]);
  const temporal = await startOwnTemporalServer({ executable });
  globalThis.testRun = { mark: reaper.mark, reaper: child, temporal };
  Object.assign(process.env, {
    TEST_TEMPORAL_PATH: executable,
    TEST_TIME_SKIPPING_PATH: timeSkipping,
    TEST_TEMPORAL_ADDRESS: temporal.address,
  });
  try {
    process.env['TEST_WORKFLOW_BUNDLE'] = await workflowBundle();
  } catch (error) {
    // Only the tests that need the bundle are to fail, and with the reason.
    process.env['TEST_WORKFLOW_BUNDLE_FAILURE'] = `The workflows could not be bundled: ${String(error)}`;
  }
}
