import { randomUUID } from 'node:crypto';
import { type Payload } from '@temporalio/common';
import { until } from '../../sandbox/claims/until';
import { createVault, type Vault } from '../../src/store/vault';
import { claimWorkflowId } from '../../src/claims/workflow-id';
import { startInProcessWith } from '../support/service';
import { settledOnce } from '../support/settled-once';
import { startStack, type Stack } from '../support/stack';

/** Which of Temporal's payloads do not open at present, by what is in them. */
let isLost = (_content: string): boolean => false;
const ALL = (): boolean => true;
const NONE = (): boolean => false;

/** A vault that loses the key of some of Temporal's payloads for a while; what is in the database it opens as ever. */
const forgetful = (vault: Vault): Vault => ({
  ...vault,
  openBytes(...sealed) {
    const bytes = vault.openBytes(...sealed);
    if (isLost(bytes.toString())) throw new Error('the key is lost');
    return bytes;
  },
});

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    start: (env) => {
      const vault = createVault([Buffer.from(env['CLAIMKEEPER_MASTER_KEYS'] ?? '', 'base64')]);
      return startInProcessWith({ vault: forgetful(vault) })(env);
    },
  });
});
afterAll(() => stack.stop());
beforeEach(() => (isLost = NONE));

const openClaim = async (): Promise<string> => {
  const claimId = await stack.orderProtection.fileClaim();
  await stack.claimWhen(claimId, 'open with its Klaim', ({ klaim }) => klaim?.inSync === true);
  return claimId;
};
const historyOf = async (claimId: string) =>
  (await stack.client.workflow.getHandle(claimWorkflowId('demo', claimId)).fetchHistory()).events ?? [];
const failedTasks = async (claimId: string): Promise<number> =>
  (await historyOf(claimId)).filter((event) => event.workflowTaskFailedEventAttributes != null).length;

/** Puts a payload into a signal as it is, past every codec. */
async function signalRaw(claimId: string, payload: Payload): Promise<void> {
  await stack.client.workflowService.signalWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: claimWorkflowId('demo', claimId) },
    signalName: 'claimFiled',
    input: { payloads: [payload] },
    requestId: randomUUID(),
  });
}

/** The payload by which a claim was filed, as it lies in the history. */
async function filingOf(claimId: string): Promise<Payload> {
  const signals = (await historyOf(claimId)).map((event) => event.workflowExecutionSignaledEventAttributes);
  const payload = signals.find((signal) => signal?.signalName === 'claimFiled')?.input?.payloads?.[0];
  if (payload == null) throw new Error('the claim was never filed');
  return payload;
}

describe('a sealed signal', () => {
  test.each<[string, (payload: Payload) => Payload]>([
    ['with its bytes turned round', (payload) => ({ ...payload, data: Buffer.from(payload.data ?? []).reverse() })],
    ['without bytes', ({ metadata }) => ({ metadata: metadata ?? null })],
    [
      'of a codec that is not ours',
      ({ data }) => ({ metadata: { encoding: Buffer.from('binary/encrypted') }, data: data ?? null }),
    ],
  ])('%s is kept as a refused line, and the claim goes on', async (_what, breaks) => {
    const claimId = await openClaim();
    await signalRaw(claimId, breaks(await filingOf(claimId)));
    const { timeline } = await stack.claimWhen(claimId, 'refused', (claim) =>
      claim.timeline.some(({ what }) => what.startsWith('refused: ')),
    );
    expect(timeline.map(({ what }) => what)).toContain(
      'refused: payload with encoding "binary/encrypted" cannot be decoded',
    );
    await stack.orderProtection.approve(claimId);
    await settledOnce(stack, claimId, 1);
    expect(await failedTasks(claimId)).toBe(0);
  });

  test('of another brand does not open, whatever workflow it is put into', async () => {
    const claimId = await openClaim();
    const foreign = await stack.client.workflow.signalWithStart('claimWorkflow', {
      workflowId: claimWorkflowId('other', 'c1'),
      taskQueue: 'nobody-polls-this',
      args: [{ brand: 'other', claimId: 'c1' }],
      signal: 'claimFiled',
      signalArgs: [{ customer: { email: 'mira@example.test' } }],
    });
    const { events } = await foreign.fetchHistory();
    const payload = events?.find((event) => event.workflowExecutionSignaledEventAttributes != null)
      ?.workflowExecutionSignaledEventAttributes?.input?.payloads?.[0];
    await signalRaw(claimId, payload as Payload);
    await stack.claimWhen(claimId, 'refused', ({ timeline }) =>
      timeline.some(({ what }) => what === 'refused: payload with encoding "binary/encrypted" cannot be decoded'),
    );
    await foreign.terminate();
  });
});

describe('while the key is lost', () => {
  test('a claim whose input does not open waits: its workflow task fails until the key is back, then all is as before', async () => {
    const claimId = await openClaim();
    await stack.service.stop();
    isLost = ALL;
    await stack.startService();
    await stack.orderProtection.approve(claimId);
    await until('a failed workflow task', async () => (await failedTasks(claimId)) > 0);
    expect(stack.brandBackend.commands(claimId)).toEqual([]);
    isLost = NONE;
    await settledOnce(stack, claimId, 1);
  });

  test("an activity's result that does not open is not taken for one", async () => {
    stack.kustomer.faults.add({ match: { method: 'POST', path: '/klasses/klaim$' }, fault: 'hang' });
    const claimId = await stack.orderProtection.fileClaim();
    await until('a Klaim that is being created', () => Promise.resolve(stack.kustomer.faults.counts()['hang'] === 1));
    isLost = ALL;
    stack.kustomer.faults.release();
    await until('a failed workflow task', async () => (await failedTasks(claimId)) > 0);
    isLost = NONE;
    await stack.orderProtection.approve(claimId);
    await settledOnce(stack, claimId, 1);
  });

  test('no activity runs on arguments that do not open: it is tried again', async () => {
    isLost = (content) => content.includes('"known":null');
    const claimId = await stack.orderProtection.fileClaim();
    await stack.claimWhen(claimId, 'filed', ({ timeline }) => timeline.length > 0);
    const handle = stack.client.workflow.getHandle(claimWorkflowId('demo', claimId));
    await until('a failed attempt', async () =>
      (await handle.describe()).raw.pendingActivities?.some(({ attempt }) => (attempt ?? 0) > 1),
    );
    expect(stack.kustomer.klaims(claimId)).toEqual([]);
    isLost = NONE;
    await stack.orderProtection.approve(claimId);
    await settledOnce(stack, claimId, 1);
  });

  test('a claim is not answered for one that does not open', async () => {
    const claimId = await openClaim();
    isLost = ALL;
    const { status, body } = await stack.api.call('GET', `/v1/brands/demo/claims/${claimId}`);
    expect([status, (body as { type: string }).type]).toEqual([500, '/problems/internal-error']);
  });
});

describe('a claim that is reset', () => {
  test.each(['the first', 'the last'])('to %s workflow task goes on, and nothing is done twice', async (which) => {
    const claimId = await openClaim();
    await stack.orderProtection.approve(claimId);
    await stack.claimWhen(claimId, 'commanded', ({ phase }) => phase === 'awaitingBrand' || phase === 'settled');
    const tasks = (await historyOf(claimId)).filter((event) => event.workflowTaskCompletedEventAttributes != null);
    const task = which === 'the first' ? tasks[0] : tasks.at(-1);
    const { runId } = await stack.client.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: claimWorkflowId('demo', claimId) },
      reason: 'a test',
      workflowTaskFinishEventId: task?.eventId ?? null,
      requestId: randomUUID(),
    });
    await settledOnce(stack, claimId, 1);
    const { runId: current } = await stack.client.workflow.getHandle(claimWorkflowId('demo', claimId)).describe();
    expect(current).toBe(runId);
  });
});

describe('a run whose argument is not that of its id', () => {
  test.each<[string, unknown[]]>([
    ['of another brand', [{ brand: 'other', claimId: 'own-1' }]],
    ['of another claim', [{ brand: 'demo', claimId: 'own-2' }]],
    ['none', []],
    ['nothing', [null]],
  ])('(%s) ends at once and says so', async (_what, args) => {
    const handle = await stack.client.workflow.start('claimWorkflow', {
      workflowId: claimWorkflowId('demo', 'own-1'),
      taskQueue: 'claims',
      args,
    });
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'wrongWorkflowId' } });
  });
});
