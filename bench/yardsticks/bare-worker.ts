import { NativeConnection, Worker } from '@temporalio/worker';

// The bare workflow's worker, in a process of its own as the product's is: `bare-worker <address>`. It tells its parent of each stage.

export const BARE_QUEUE = 'bare';

export const bareActivities = {
  /** Does nothing. `stageOf` is the workflow that ends a stage with it. */
  async nothing(stageOf: string | null): Promise<void> {
    if (stageOf !== null) process.send?.(stageOf);
  },
};

async function main(address: string): Promise<void> {
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue: BARE_QUEUE,
    workflowsPath: require.resolve('./bare-workflow'),
    activities: bareActivities,
  });
  process.once('SIGTERM', () => worker.shutdown());
  const run = worker.run();
  process.stderr.write('bare worker polls\n');
  await run;
  await connection.close();
  process.disconnect();
}

if (require.main === module) void main(process.argv[2] ?? '');
