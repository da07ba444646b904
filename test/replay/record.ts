import { until } from '../../sandbox/claims/until';
import { startStack, type Stack } from '../support/stack';
import { startOwnTemporalServer } from '../support/temporal-server';
import { keep, RECORDING_KEY } from './recordings';
import { SCENARIOS } from './scenarios';
import { type Scenario } from './scenarios/scenario';

// Run by `npm run record-histories`, not with the tests: docs/change-a-workflow.md.

const startFor = ({ policy, suggestsContinueAsNewAfter }: Scenario): Promise<Stack> =>
  startStack({
    env: { CLAIMKEEPER_MASTER_KEYS: RECORDING_KEY },
    ...(policy === undefined ? {} : { policy }),
    startTemporal: (port, dbFilename) =>
      startOwnTemporalServer({
        port,
        dbFilename,
        ...(suggestsContinueAsNewAfter === undefined
          ? {}
          : { dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': suggestsContinueAsNewAfter } }),
      }),
  });

/** Nothing is on its way: no task of the workflow, no activity. */
const isQuiet = ({ client }: Stack, workflowId: string): Promise<boolean> =>
  client.workflow
    .getHandle(workflowId)
    .describe()
    .then(({ raw }) => raw.pendingWorkflowTask == null && (raw.pendingActivities ?? []).length === 0);

/** The runs of a workflow, the first one first. */
async function runsOf({ client }: Stack, workflowId: string) {
  const runs: { runId: string; startTime: Date }[] = [];
  for await (const run of client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) runs.push(run);
  runs.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
  return Promise.all(runs.map(({ runId }) => client.workflow.getHandle(workflowId, runId).fetchHistory()));
}

/** Those named, else all. */
function wanted(): [string, Scenario][] {
  const names = JSON.parse(process.env['RECORD_HISTORIES'] ?? '[]') as string[];
  const all = Object.entries(SCENARIOS);
  const unknown = names.find((name) => all.every(([known]) => known !== name));
  if (unknown !== undefined)
    throw new Error(`There is no scenario "${unknown}"; there are ${all.map(([name]) => name).join(', ')}.`);
  return names.length === 0 ? all : all.filter(([name]) => names.includes(name));
}

test.each(wanted())(
  '%s',
  async (name, scenario) => {
    const stack = await startFor(scenario);
    try {
      const workflowId = await scenario.live(stack);
      await until('a workflow at rest', () => isQuiet(stack, workflowId));
      await keep(name, await runsOf(stack, workflowId));
    } finally {
      await stack.stop();
    }
  },
  240_000,
);
