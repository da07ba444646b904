import { NativeConnection, Worker } from '@temporalio/worker';
import { createLog } from '../../src/log';
import { startRunner, type Runner } from '../../src/temporal/runner';
import { LOG_LEVEL, logTemporalOnce } from '../support/service';
import { fromGlobalSetup } from '../support/test-environment';

beforeAll(() => logTemporalOnce());

const connect = (): Promise<NativeConnection> =>
  NativeConnection.connect({ address: fromGlobalSetup('TEST_TEMPORAL_ADDRESS') });
const log = createLog(LOG_LEVEL);
const workerOn = (connection: NativeConnection, namespace = 'default'): Promise<Worker> =>
  Worker.create({ connection, namespace, taskQueue: 'of-the-runner', activities: { nothing: async () => null } });

test('told to stop while its workers are being built, it ends without an error', async () => {
  let stopped: Promise<void> = Promise.resolve();
  const runner: Runner = startRunner({
    connect,
    log,
    async build(connection) {
      const workers = [await workerOn(connection)];
      stopped = runner.stop();
      return workers;
    },
  });
  await expect(runner.ended).resolves.toBeUndefined();
  await expect(stopped).resolves.toBeUndefined();
  await expect(runner.ready).resolves.toBeUndefined();
});

test('when a worker cannot be built, that is the reason given, whatever has been built before it', async () => {
  const built: { connection: NativeConnection; worker: Worker }[] = [];
  const runner = startRunner({
    connect,
    log,
    async build(connection) {
      built.push({ connection, worker: await workerOn(connection) });
      return [await workerOn(connection, 'nowhere')];
    },
  });
  await expect(runner.ended).rejects.toThrow('nowhere');
  // In the service these two end with the process.
  for (const { connection, worker } of built) {
    const run = worker.run();
    worker.shutdown();
    await run;
    await connection.close();
  }
});
