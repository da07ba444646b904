import { type DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { TASK_QUEUES } from '../claims/messages';
import { type Activities } from '../activities';
import { type Metrics } from '../metrics';
import { measured } from './measured';
import { readableArguments } from './readable-arguments';

export interface WorkerOptions {
  connection: NativeConnection;
  namespace: string;
  dataConverter: DataConverter;
  activities: Activities;
  workflowBundle: WorkflowBundleOption;
  metrics: Metrics;
}

/** How long a worker that is told to stop lets its activities finish. Longer than an attempt of one. */
const GRACE = '35s' as const;

/** The workers of one process: one for workflows and our own database, one per partner. */
export async function createWorkers({
  connection,
  namespace,
  dataConverter,
  activities,
  workflowBundle,
  metrics,
}: WorkerOptions): Promise<Worker[]> {
  const interceptors = { activity: [measured(metrics), readableArguments] };
  const common = { connection, namespace, dataConverter, interceptors, shutdownGraceTime: GRACE };
  return Promise.all([
    Worker.create({
      ...common,
      taskQueue: TASK_QUEUES.claims,
      workflowBundle,
      activities: { ...activities.ledger, ...activities.refresh },
    }),
    Worker.create({ ...common, taskQueue: TASK_QUEUES.orderProtection, activities: { ...activities.orderProtection } }),
    Worker.create({ ...common, taskQueue: TASK_QUEUES.kustomer, activities: { ...activities.kustomer } }),
    Worker.create({ ...common, taskQueue: TASK_QUEUES.brandBackend, activities: { ...activities.brandBackend } }),
  ]);
}
