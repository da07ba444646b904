import { type Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { TASK_QUEUES } from '../claims/messages';
import { callTemporal } from './call';
import { quoted } from './visibility';

/** Workflow runs that began before a time, as far as Temporal still keeps them. */
export interface OldRuns {
  open: number;
  closed: number;
  /** For how long the namespace keeps closed ones. */
  retentionHours: number;
}

/** Counts our workflow runs that began before `time` (ISO). @throws TemporalUnavailable */
export async function countOldRuns(client: Client, time: string): Promise<OldRuns> {
  const query = `TaskQueue = ${quoted(TASK_QUEUES.claims)} AND StartTime < ${quoted(time)} GROUP BY ExecutionStatus`;
  const { groups } = await callTemporal(client, 'count workflows', () =>
    client.workflowService.countWorkflowExecutions({ namespace: client.options.namespace, query }),
  );
  const { config } = await callTemporal(client, 'describe the namespace', () =>
    client.workflowService.describeNamespace({ namespace: client.options.namespace }),
  );
  const retentionHours = Math.ceil(Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 3_600);
  const runs: OldRuns = { open: 0, closed: 0, retentionHours };
  for (const { groupValues, count } of groups) {
    const [status] = groupValues ?? [];
    const isOpen = status != null && defaultPayloadConverter.fromPayload(status) === 'Running';
    runs[isOpen ? 'open' : 'closed'] += Number(count);
  }
  return runs;
}
