import { DEMO } from '../../sandbox/onboard';
import { until } from '../../sandbox/claims/until';
import { type ClaimView } from '../../src/claims/view';
import { onlyKlaim, settledOnce } from '../support/settled-once';
import { startStack, type Stack } from '../support/stack';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());
afterEach(() => stack.karla.configure({ holdWebhooks: false, duplicates: 0 }));

const withCommands = (commands: boolean): Promise<void> =>
  stack.onboard({ karla: { shopId: DEMO.shop.id, shopSlug: DEMO.shop.slug, commands } });
const requested = (claimId: string) =>
  stack.brandBackend.commands(claimId).filter(({ body }) => body?.type === 'resolution.requested');
const confirm = async (claim: ClaimView, accept: boolean): Promise<void> => {
  const resolutionId = claim.resolutions.find(({ question }) => question !== null)?.id;
  const path = `/v1/brands/${DEMO.brand}/claims/${claim.claimId}/confirm-resolution`;
  const { status, body } = await stack.api.call('POST', path, { resolutionId, accept, reason: 'asked Karla' });
  expect({ status, body: status === 200 ? null : body }).toEqual({ status: 200, body: null });
};
const inSync = ({ klaim }: ClaimView): boolean => klaim?.inSync === true;
const contradicts = ({ attention }: ClaimView): boolean => attention === 'contradiction';

test('a claim of Karla has its Klaim, follows every change, and its acceptance leads to no command', async () => {
  const claimId = await stack.karla.fileClaim({ preference: 'reorder' });
  const open = await stack.claimWhen(
    claimId,
    'open with its Klaim',
    (claim) => claim.phase === 'open' && inSync(claim),
  );
  expect(open).toMatchObject({ source: 'karla', attention: 'none' });
  expect(onlyKlaim(stack, claimId).custom).toMatchObject({
    statusStr: 'New',
    typeStr: 'Damaged',
    damageTypeStr: 'Partial',
    customerEmailStr: 'mira.k@example.test',
    lineItemsTxt: '2 × Tumbler set (GLS-6-CLR)',
    sourceStr: 'Karla',
  });
  await stack.karla.changeClaim(claimId, { description: 'Three of six glasses cracked' });
  await stack.karla.changeClaim(claimId, { status: 'accepted' });
  await stack.claimWhen(claimId, 'settled and in sync', (claim) => claim.phase === 'settled' && inSync(claim));
  expect(onlyKlaim(stack, claimId).custom).toMatchObject({
    statusStr: 'Approved',
    claimDetailsTxt: 'Three of six glasses cracked',
    resolutionTypeStr: 'Reship (requested)',
  });
  expect(requested(claimId)).toEqual([]);
  expect(stack.karla.deliveries(claimId).map(({ attempts }) => attempts.at(-1)?.answer)).toEqual([200, 200, 200]);
});

test('events that come twice and in the wrong order come to the same', async () => {
  await stack.karla.configure({ holdWebhooks: true, duplicates: 2 });
  const claimId = await stack.karla.fileClaim();
  await stack.karla.changeClaim(claimId, { description: 'All glasses cracked' });
  await stack.karla.changeClaim(claimId, { status: 'rejected' });
  await stack.karla.releaseWebhooks('reverse');
  await stack.claimWhen(
    claimId,
    'denied with its last words',
    (claim) => claim.phase === 'denied' && inSync(claim) && claim.timeline.length > 3,
  );
  expect(onlyKlaim(stack, claimId).custom).toMatchObject({
    statusStr: 'Denied',
    claimDetailsTxt: 'All glasses cracked',
  });
});

test('what is of no use is answered with 200 and listed as ignored', async () => {
  await stack.karla.sendWebhook({ body: { ref: 'shipments/delivered/SUCCESSFULLY_DELIVERED', shop_id: DEMO.shop.id } });
  const ignored = await until('an ignored delivery', async () => {
    const { body } = await stack.api.call('GET', `/v1/brands/${DEMO.brand}/deliveries?status=ignored`);
    const { items } = body as { items: { source: string; topic: string }[] };
    return items.length > 0 && items;
  });
  expect(ignored).toMatchObject([{ source: 'karla', topic: 'shipments/delivered/successfully_delivered' }]);
});

test('with commands an acceptance waits for an operator; confirmed, it is commanded, and the answer is the end', async () => {
  await withCommands(true);
  const claimId = await stack.karla.fileClaim({ preference: 'reorder' });
  await stack.karla.changeClaim(claimId, { status: 'accepted' });
  const waiting = await stack.claimWhen(claimId, 'unconfirmed', ({ attention }) => attention === 'unconfirmed');
  expect(requested(claimId)).toEqual([]);
  await confirm(waiting, true);
  const settled = await stack.claimWhen(claimId, 'settled', (claim) => claim.phase === 'settled' && inSync(claim));
  expect(settled.resolutions).toMatchObject([{ kind: 'reship', state: 'answered' }]);
  expect(onlyKlaim(stack, claimId).custom).toMatchObject({ statusStr: 'Resolved', resolutionTypeStr: 'Reship' });
  expect(requested(claimId)).toHaveLength(1);
  expect(stack.orderProtection.requests({ path: claimId })).toEqual([]);
  await withCommands(false);
});

describe('one line of an order, claimed through both sources', () => {
  /** A claim at each, for the same line of a new order. */
  async function claimed(): Promise<{ op: string; karla: string }> {
    const sourceOrderId = await stack.orderProtection.createOrder();
    const op = await stack.orderProtection.fileClaim({ sourceOrderId, items: [{ itemId: 'li-9001' }] });
    const karla = await stack.karla.fileClaim({
      externalOrderId: sourceOrderId,
      items: [{ sku: 'KTL-BLU', title: 'Kettle' }],
    });
    await stack.claimWhen(op, 'open', ({ phase }) => phase === 'open');
    await stack.claimWhen(karla, 'open', ({ phase }) => phase === 'open');
    return { op, karla };
  }

  test('accepted at Karla, then approved at Order Protection: nothing is commanded until an operator lets it', async () => {
    const { op, karla } = await claimed();
    await stack.karla.changeClaim(karla, { status: 'accepted' });
    await stack.claimWhen(karla, 'settled', ({ phase }) => phase === 'settled');
    await stack.orderProtection.approve(op);
    const held = await stack.claimWhen(op, 'held back', contradicts);
    expect(held.resolutions).toMatchObject([{ state: 'proposed', question: expect.stringContaining(karla) }]);
    expect(requested(op)).toEqual([]);
    await confirm(held, true);
    await settledOnce(stack, op, 1);
  });

  test('commanded for Order Protection, then accepted at Karla: the operator sees it at once', async () => {
    const { op, karla } = await claimed();
    await stack.orderProtection.approve(op);
    await settledOnce(stack, op, 1);
    await stack.karla.changeClaim(karla, { status: 'accepted' });
    const seen = await stack.claimWhen(karla, 'a contradiction', contradicts);
    expect(seen.resolutions).toMatchObject([{ question: expect.stringContaining(op) }]);
    await confirm(seen, true);
    await stack.claimWhen(karla, 'settled', ({ phase, attention }) => phase === 'settled' && attention === 'none');
    expect(requested(karla)).toEqual([]);
  });

  test('decided by both at once: one of them is a contradiction', async () => {
    const { op, karla } = await claimed();
    await Promise.all([stack.orderProtection.approve(op), stack.karla.changeClaim(karla, { status: 'accepted' })]);
    await until('a contradiction', async () => {
      const claims = await Promise.all([op, karla].map((id) => stack.claim(id)));
      return claims.some((claim) => claim?.attention === 'contradiction');
    });
  });
});
