import { randomUUID } from 'node:crypto';
import { type Client } from '@temporalio/client';
import { startProcess } from '../site/processes';
import { type Site } from '../site/site';
import { BARE_QUEUE } from './bare-worker';
import { go } from './bare-workflow';

/** Starts the worker of bare workflows; gives what lives one: each signal is sent when the activities before it are done. */
export async function startBareClaims(
  site: Site,
  client: Client,
  address: string,
): Promise<(stages: readonly number[]) => Promise<void>> {
  const file = 'bench/yardsticks/bare-worker.js';
  const { child } = await startProcess(site, { file, args: [address], readyLine: 'bare worker polls' });
  const ended = new Map<string, () => void>();
  child.on('message', (workflowId: string) => ended.get(workflowId)?.());
  return async (stages) => {
    const workflowId = `bare:${randomUUID()}`;
    const start = { workflowId, taskQueue: BARE_QUEUE, args: [stages], signal: go, signalArgs: [] };
    for (const _ of stages) {
      const stage = new Promise<void>((resolve) => ended.set(workflowId, resolve));
      await client.workflow.signalWithStart('bareWorkflow', start);
      await stage;
    }
    ended.delete(workflowId);
  };
}
