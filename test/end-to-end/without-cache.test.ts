import { temporal } from '@temporalio/proto';
import { SCENARIOS } from '../replay/scenarios';
import { keepNoWorkflows } from '../support/no-workflow-cache';
import { startStack, type Stack } from '../support/stack';

const { TASK_QUEUE_KIND_STICKY } = temporal.api.enums.v1.TaskQueueKind;

let stack: Stack;
beforeAll(async () => {
  keepNoWorkflows();
  stack = await startStack();
});
afterAll(() => stack.stop());
afterEach(() => stack.orderProtection.configure({ holdWebhooks: false, duplicates: 0 }));

/** Only a worker that keeps a workflow in memory asks for its tasks on a queue of its own. */
async function tasksForOneWorker(workflowId: string): Promise<number> {
  const { events } = await stack.client.workflow.getHandle(workflowId).fetchHistory();
  const tasks = (events ?? []).map((event) => event.workflowTaskScheduledEventAttributes?.taskQueue);
  return tasks.filter((queue) => queue?.kind === TASK_QUEUE_KIND_STICKY).length;
}

test.each(['happy', 'split', 'out-of-order', 'burst', 'withdrawal', 'hold-and-release', 'karla', 'contradiction'])(
  '%s: the same with no workflow kept in memory, so that every task begins with a replay',
  async (name) => {
    const workflowId = await SCENARIOS[name]?.live(stack);
    expect(await tasksForOneWorker(workflowId ?? '')).toBe(0);
  },
);
