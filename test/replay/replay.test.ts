import { readFile } from 'node:fs/promises';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import { createLog } from '../../src/log';
import { sealFor } from '../../src/service';
import { createVault } from '../../src/store/vault';
import { createDataConverter } from '../../src/temporal/data-converter';
import { LOG_LEVEL, logTemporalOnce } from '../support/service';
import { fromGlobalSetup } from '../support/test-environment';
import { RECORDING_KEY, recordings, type Recording } from './recordings';
import { SCENARIOS } from './scenarios';

beforeAll(() => logTemporalOnce());

const RECORDED = recordings();

/** What a replay of each recording by this bundle comes to: null, or what is wrong. */
async function replay(
  histories: readonly Recording[],
  workflowBundle: ReplayWorkerOptions['workflowBundle'] & object,
  key = RECORDING_KEY,
): Promise<Map<string, Error | null>> {
  const seal = sealFor(createVault([Buffer.from(key, 'base64')]), createLog(LOG_LEVEL));
  const options: ReplayWorkerOptions = { workflowBundle, dataConverter: createDataConverter(seal) };
  const inputs = histories.map(({ history }) => ({
    workflowId: workflowIdOf(history),
    history: historyFromJSON(history),
  }));
  const results = new Map<string, Error | null>();
  for await (const { error } of Worker.runReplayHistories(options, inputs))
    results.set(histories[results.size]?.name ?? '', error ?? null);
  return results;
}

const workflowIdOf = ({ events: [first] }: Recording['history']): string =>
  first?.workflowExecutionStartedEventAttributes?.workflowId ?? '';

const built = () => ({ codePath: fromGlobalSetup('TEST_WORKFLOW_BUNDLE') });

test('every workflow that was recorded, by this release or an earlier one, goes on with the code as it is now', async () => {
  const results = await replay(RECORDED, built());
  expect([...results].filter(([, error]) => error !== null)).toEqual([]);
  expect(results.size).toBe(RECORDED.length);
});

test('every scenario is recorded', () => {
  const recorded = new Set(RECORDED.map(({ name }) => name.replace(/^.*\/(.*)\.\d+$/, '$1')));
  expect([...recorded]).toEqual(expect.arrayContaining(Object.keys(SCENARIOS)));
});

describe('the replay itself', () => {
  const happy = RECORDED.filter(({ name }) => name.endsWith('/happy.1'));

  /** The bundle with a change in it, as somebody might make it in the code. */
  async function changed(from: RegExp, to: string): Promise<{ code: string }> {
    const code = await readFile(built().codePath, 'utf8');
    const after = code.replace(from, to);
    if (after === code) throw new Error(`the bundle has no ${String(from)} any more: change another place here`);
    return { code: after };
  }

  test.each<[string, RegExp, string]>([
    ['the lanes act in another order', /LANES = \[[^\]]*\]/, "LANES = ['report', 'command', 'klaim', 'source']"],
    ['a step calls another activity', /readClaim(?=\.executeWithOptions)/, 'reportAnswer'],
    [
      'a claim waits before it is opened',
      /await (?=\S*openClaim\.)/,
      'await (new Promise((go) => setTimeout(go, 1))) ?? await ',
    ],
  ])('catches that %s', async (_change, from, to) => {
    const [[, error] = []] = await replay(happy, await changed(from, to));
    expect(error).toBeInstanceOf(DeterminismViolationError);
  });

  test('opens what is sealed: with another key nothing goes on', async () => {
    const [[, error] = []] = await replay(happy, built(), Buffer.alloc(32, 'another').toString('base64'));
    expect(error?.message).toContain('workflow task failure');
  });
});
