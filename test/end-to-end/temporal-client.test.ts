import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { claimWorkflowId } from '../../src/claims/workflow-id';
import { onlyKlaim } from '../support/settled-once';
import { startStack, type Stack } from '../support/stack';
import { fromGlobalSetup } from '../support/test-environment';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

/** Temporal's own command line, as a gateway of one's own might use it. */
async function temporal(...args: string[]): Promise<string> {
  const all = [...args, '--address', stack.addresses.temporal];
  return (await promisify(execFile)(fromGlobalSetup('TEST_TEMPORAL_PATH'), all, { env: {} })).stdout;
}

const EVENT = {
  eventKey: 'from-the-command-line',
  source: 'order-protection',
  kind: 'created',
  occurredAt: '2026-03-02T09:14:07Z',
  claim: { status: 'new', type: 'missing_item', description: 'Box came empty' },
  order: { sourceOrderId: 'BR-90001' },
  customer: { email: 'mira@example.test' },
};

async function signalWithStart(claimId: string, name: string, input: string, ...more: string[]): Promise<void> {
  const id = claimWorkflowId('demo', claimId);
  const start = [
    '--workflow-id',
    id,
    '--type',
    'claimWorkflow',
    '--task-queue',
    'claims',
    '--input',
    JSON.stringify({ brand: 'demo', claimId }),
  ];
  await temporal('workflow', 'signal-with-start', ...start, '--signal-name', name, '--signal-input', input, ...more);
}

const eventOf = (claimId: string, said: object = {}): string =>
  JSON.stringify({ ...EVENT, ...said, claim: { ...EVENT.claim, id: claimId } });

test('the temporal command line alone files a claim in plain JSON', async () => {
  await signalWithStart('cli-1', 'claimFiled', eventOf('cli-1'));
  await stack.claimWhen(
    'cli-1',
    'open with its Klaim',
    ({ phase, klaim }) => phase === 'open' && klaim?.inSync === true,
  );
  expect(onlyKlaim(stack, 'cli-1').custom).toMatchObject({ statusStr: 'New', customerEmailStr: 'mira@example.test' });
});

test.each<[string, string, string[]]>([
  ['no event at all', '"hello"', []],
  ['an event of another claim', eventOf('cli-other'), []],
  ['an event without its kind', eventOf('cli-2', { kind: undefined }), []],
  ['bytes of any kind', 'not json', ['--signal-input-meta', 'encoding=binary/plain']],
  ['an encoding that nobody knows', '"x"', ['--signal-input-meta', 'encoding=binary/martian']],
])('%s is kept as a refused line, and the claim goes on', async (_what, input, more) => {
  const claimId = `cli-bad-${Math.abs(input.length * 31 + more.length)}-${_what.length}`;
  await signalWithStart(claimId, 'claimFiled', input, ...more);
  await stack.claimWhen(claimId, 'refused', ({ timeline }) =>
    timeline.some(({ what }) => what.startsWith('refused: ')),
  );
  await signalWithStart(claimId, 'claimFiled', eventOf(claimId));
  await stack.claimWhen(
    claimId,
    'open with its Klaim',
    ({ phase, klaim }) => phase === 'open' && klaim?.inSync === true,
  );
});

test('JSON that is broken off is kept as a refused line, and the claim goes on', async () => {
  const workflowId = claimWorkflowId('demo', 'cli-broken');
  const payload = (text: string) => ({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(text) });
  await stack.client.workflowService.signalWithStartWorkflowExecution({
    namespace: 'default',
    workflowId,
    workflowType: { name: 'claimWorkflow' },
    taskQueue: { name: 'claims' },
    input: { payloads: [payload('{"brand":"demo","claimId":"cli-broken"}')] },
    signalName: 'claimFiled',
    signalInput: { payloads: [payload('{"eventKey":')] },
    requestId: 'broken',
  });
  await stack.claimWhen('cli-broken', 'refused', ({ timeline }) =>
    timeline.some(({ what }) => what.startsWith('refused: ')),
  );
  await signalWithStart('cli-broken', 'claimFiled', eventOf('cli-broken'));
  await stack.claimWhen('cli-broken', 'open', ({ phase }) => phase === 'open');
});

test('with the codec server and a token of the brand the command line shows what is sealed, and seals what it sends', async () => {
  const claimId = await stack.orderProtection.fileClaim({ description: 'The lid is cracked' });
  await stack.claimWhen(claimId, 'open with its Klaim', ({ klaim }) => klaim !== null);
  const { body } = await stack.api.call('POST', '/v1/brands/demo/tokens', { name: 'cli', scopes: ['operate'] });
  const ofClaim = ['--workflow-id', claimWorkflowId('demo', claimId)];
  const { token } = body as { token: string };
  const codec = ['--codec-endpoint', `${stack.addresses.api}/codec`, '--codec-auth', `Bearer ${token}`];
  const query = ['workflow', 'query', ...ofClaim, '--type', 'claimState'];
  expect(await temporal(...query)).not.toContain('"phase"');
  expect(await temporal(...query, ...codec)).toContain('"phase":"open"');
  const ruling = JSON.stringify({ actor: 'me', reason: 'a closer look' });
  await temporal('workflow', 'update', 'execute', ...ofClaim, '--name', 'retrySync', '--input', ruling, ...codec);
  const inBase64 = (history: string): string[] =>
    [...history.matchAll(/"data": "([^"]+)"/g)].map(([, data = '']) => Buffer.from(data, 'base64').toString());
  const show = ['workflow', 'show', ...ofClaim, '--output', 'json'];
  const [raw, clear] = [inBase64(await temporal(...show)).join(), inBase64(await temporal(...show, ...codec)).join()];
  for (const text of ['The lid is cracked', 'a closer look'])
    expect([raw.includes(text), clear.includes(text)]).toEqual([false, true]);
});

test('a signal by a name that nobody knows is kept as a refused line', async () => {
  await signalWithStart('cli-3', 'claimTeleported', eventOf('cli-3'));
  await stack.claimWhen('cli-3', 'refused', ({ timeline }) =>
    timeline.some(({ what }) => what === 'refused: unknown signal "claimTeleported"'),
  );
});

test('a claim of a brand that nobody knows completes as unknownBrand', async () => {
  const workflowId = claimWorkflowId('nobody', 'cli-4');
  const handle = await stack.client.workflow.signalWithStart('claimWorkflow', {
    workflowId,
    taskQueue: 'claims',
    args: [{ brand: 'nobody', claimId: 'cli-4' }],
    signal: 'claimFiled',
    signalArgs: [JSON.parse(eventOf('cli-4'))],
  });
  await expect(handle.result()).resolves.toEqual({ outcome: 'unknownBrand' });
});
