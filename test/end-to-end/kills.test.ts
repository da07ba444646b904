import { until } from '../../sandbox/claims/until';
import { startProcess } from '../support/service';
import { settledOnce } from '../support/settled-once';
import { startStack, type Stack } from '../support/stack';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ start: startProcess });
});
afterAll(() => stack.stop());

const seen = (what: string, look: () => boolean): Promise<true> => until(what, () => Promise.resolve(look() || null));

/** The partner does what it is asked, and answers only when the asker is long dead. */
const ACTED_BUT_SILENT = { latencyMs: 20_000, when: 'after' } as const;

/** Brings a claim to the point at which the process is to be killed. */
type ToThePoint = (claimId: string) => Promise<unknown>;

const POINTS: [string, ToThePoint][] = [
  [
    'a webhook was stored and answered, and perhaps not yet signalled',
    (claimId) =>
      seen('the webhook answered', () => stack.orderProtection.deliveries(claimId).at(-1)?.state === 'delivered'),
  ],
  [
    'Kustomer has written the Klaim and its answer is lost',
    async (claimId) => {
      await seen('the Klaim', () => stack.kustomer.klaims(claimId).length === 1);
    },
  ],
  [
    'the brand has taken the command and its answer is lost',
    async (claimId) => {
      stack.brandBackend.faults.add({ match: { path: '/commands' }, fault: ACTED_BUT_SILENT });
      await seen('the command', () => stack.brandBackend.commands(claimId).length > 0);
    },
  ],
  [
    'a callback was answered, and perhaps not yet signalled',
    (claimId) =>
      seen('the callback answered', () =>
        stack.brandBackend.callbacks().some((one) => one.claimId === claimId && one.state === 'accepted'),
      ),
  ],
  [
    'Order Protection has taken the report and its answer is lost',
    async (claimId) => {
      stack.orderProtection.faults.add({ match: { method: 'POST', path: '/resolutions' }, fault: ACTED_BUT_SILENT });
      await seen('the report', () => stack.orderProtection.reports(claimId).length > 0);
    },
  ],
];

test.each(POINTS)(
  'killed with SIGKILL when %s, the claim settles once after a restart',
  async (point, reached) => {
    if (point.startsWith('Kustomer'))
      stack.kustomer.faults.add({ match: { method: 'POST', path: '/klasses/klaim' }, fault: ACTED_BUT_SILENT });
    const claimId = await stack.orderProtection.fileClaim();
    await stack.orderProtection.approve(claimId);
    await reached(claimId);
    await stack.service.kill();
    for (const { faults } of [stack.kustomer, stack.orderProtection, stack.brandBackend]) faults.clear();
    await stack.startService();
    await settledOnce(stack, claimId, 1, 60_000);
  },
  90_000,
);
