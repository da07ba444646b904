import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ResolutionSpec } from '../../sandbox/order-protection/resolution';
import { until } from '../../sandbox/claims/until';
import { startStack, type Stack } from '../support/stack';
import { settledOnce } from '../support/settled-once';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());
afterEach(() => stack.orderProtection.configure({ holdWebhooks: false, duplicates: 0 }));

const RESHIP: ResolutionSpec = { type: 'RESHIP', items: [{ itemId: 'li-9002' }] };
const REFUND: ResolutionSpec = { type: 'REFUND', items: [{ itemId: 'li-9001' }] };

describe('a whole claim, from webhook to settled', () => {
  test.each<[string, ResolutionSpec[], string]>([
    ['a refund', [REFUND], 'Refund'],
    ['a reship', [RESHIP], 'Reship'],
    ['a split into a refund and a reship', [REFUND, RESHIP], 'Refund + Reship'],
  ])('%s: one Klaim, one command and one report per resolution', async (_name, resolutions, type) => {
    const claimId = await stack.orderProtection.fileClaim();
    await stack.orderProtection.postMessage(claimId, 'Here is a photo');
    await stack.claimWhen(claimId, 'open with its Klaim', ({ phase, klaim }) => phase === 'open' && klaim !== null);
    await stack.orderProtection.approve(claimId, resolutions);
    const { klaim } = await settledOnce(stack, claimId, resolutions.length);
    expect(klaim.custom).toMatchObject({ statusStr: 'Resolved', resolutionTypeStr: type });
    expect(klaim.custom['messageSummaryTxt']).toContain('Here is a photo');
  });

  test('a message heard before the filing', async () => {
    await stack.orderProtection.configure({ holdWebhooks: true });
    const claimId = await stack.orderProtection.fileClaim();
    await stack.orderProtection.postMessage(claimId, 'Where is it?');
    await stack.orderProtection.approve(claimId);
    await stack.orderProtection.releaseWebhooks('reverse');
    await settledOnce(stack, claimId, 1);
  });

  test('an approval heard although the filing never came', async () => {
    await stack.orderProtection.configure({ dropChance: 1 });
    const claimId = await stack.orderProtection.fileClaim();
    await stack.orderProtection.configure({ dropChance: 0 });
    await stack.orderProtection.approve(claimId);
    await settledOnce(stack, claimId, 1);
  });

  test('five equal deliveries of each event at once', async () => {
    await stack.orderProtection.configure({ duplicates: 4 });
    const claimId = await stack.orderProtection.fileClaim();
    await stack.orderProtection.approve(claimId);
    await settledOnce(stack, claimId, 1);
    const statuses = stack.orderProtection.deliveries(claimId).map(({ attempts }) => attempts[0]?.answer);
    expect(statuses).toEqual(Array.from({ length: 10 }, () => 200));
  });

  test('an approval in the developer-app dialect, without event id, time, order id, items or amount', async () => {
    const claimId = await stack.orderProtection.fileClaim();
    await stack.claimWhen(claimId, 'open', ({ phase }) => phase === 'open');
    await stack.orderProtection.configure({ holdWebhooks: true });
    await stack.orderProtection.approve(claimId, [REFUND]);
    const body = {
      topic: 'claim/approved',
      body: { claimId, storeId: 'store_1', resolutions: [{ type: 'REFUND', itemId: 'li-9001', quantity: 1 }] },
    };
    await stack.orderProtection.configure({ holdWebhooks: false });
    await stack.orderProtection.sendWebhook({ body });
    await settledOnce(stack, claimId, 1);
  });
});

test('protection that is put on and taken off by hand is told to the brand, once each', async () => {
  const order = await stack.orderProtection.createOrder();
  await stack.orderProtection.configure({ duplicates: 2 });
  await stack.orderProtection.addProtection(order, 3.45);
  await stack.orderProtection.removeProtection(order, 3.45);
  const told = (): string[] =>
    stack.brandBackend
      .acted()
      .filter(({ webhookId }) => webhookId.startsWith('prot_'))
      .map(({ what, amount }) => `${what} ${amount?.amount}`)
      .sort();
  await until('both to be told', () => Promise.resolve(told().length >= 2));
  expect(told()).toEqual(['billed 3.45', 'premiumReturned 3.45']);
});

describe('the sample payloads of the vendor', () => {
  const sample = (name: string): Promise<string> =>
    readFile(join(__dirname, '..', 'fixtures', 'order-protection', `${name}.json`), 'utf8');

  test.each(['api', 'app'])('go through the real route into a real workflow (%s dialect)', async (dialect) => {
    const created = JSON.parse(await sample(`claim-created.${dialect}`)) as { body: Record<string, unknown> };
    const claimId = String(created.body['claim_id'] ?? created.body['claimId']);
    for (const topic of ['claim-created', 'message-created', 'claim-approved', 'claim-denied'])
      await stack.orderProtection.sendWebhook({ body: await sample(`${topic}.${dialect}`) });
    const claim = await stack.claimWhen(claimId, 'known', ({ timeline }) =>
      timeline.some(({ what }) => what.startsWith('filed')),
    );
    expect(claim).toMatchObject({ claimId, source: 'order-protection' });
    expect(stack.brandBackend.commands(claimId)).toEqual([]);
  });
});
