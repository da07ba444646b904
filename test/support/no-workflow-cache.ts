import { Worker } from '@temporalio/worker';

/** Has every worker that this test file starts keep no workflow in memory: each task begins with a replay of the whole history. */
export function keepNoWorkflows(): void {
  const create = Worker.create.bind(Worker);
  Worker.create = (options) => create({ ...options, maxCachedWorkflows: 0 });
}
