import { type FaultRule } from '../../../sandbox/http/fault-rule';
import { failureOf, klaimIn, MIRA, openDesk, withDesk, type Desk, type DeskOptions } from './desk';

let desk: Desk;

afterEach(() => desk.kustomer.stop());

const WITHOUT_DELETE = ['customer', 'customer_merge', 'kobject.read', 'kobject.create', 'kobject.update'].map(
  (role) => `org.permission.${role}`,
);
const RIGHTS: [string, DeskOptions][] = [
  ['that may delete', {}],
  ['that may not delete', { roles: WITHOUT_DELETE }],
];

/** A claim whose Klaim is under the wrong customer, and the right one. */
async function misplaced(at: Desk, claimId = 'clm_1') {
  const customer = { ...MIRA, email: `${claimId}@wrong.example` };
  const { klaimId, customerId } = await at.sync({ claimId, customer });
  const right = await at.kustomer.addCustomer({ email: `${claimId}@right.example` });
  return { right, asked: { claimId, customer, known: { klaimId, customerId } } };
}

describe.each(RIGHTS)('with a key %s', (_right, options) => {
  const how = options.roles === undefined ? 'deleted' : 'marked';

  test('the Klaim is made anew under the customer that was named, and the old one is gone before', async () => {
    desk = await openDesk(options);
    const { right, asked } = await misplaced(desk);
    const relinked = await desk.relink(right, { ...asked, klaim: klaimIn('Open') });
    const klaim = desk.theKlaim();
    expect(relinked).toMatchObject({
      klaimId: klaim.id,
      customerId: right,
      matchedBy: 'operator',
      retired: [{ klaimId: asked.known.klaimId, how }],
    });
    expect(klaim).toMatchObject({ customerId: right, custom: { statusStr: 'Open' } });
    expect(desk.mostAtOnce()).toBe(1);
  });

  test('nothing of the claim is left for whoever looks at the wrong customer', async () => {
    desk = await openDesk(options);
    const { right, asked } = await misplaced(desk);
    await desk.relink(right, asked);
    const left = desk.kustomer.klaims().filter(({ customerId }) => customerId === asked.known.customerId);
    expect(left.map(({ custom, images, description }) => ({ custom, images, description }))).toEqual(
      how === 'deleted' ? [] : [{ custom: {}, images: [], description: expect.stringContaining('Delete this one') }],
    );
  });

  test('later writes go to the new one, which is made anew under the same customer when it is deleted', async () => {
    desk = await openDesk(options);
    const { right, asked } = await misplaced(desk);
    await desk.relink(right, asked);
    const { id } = desk.theKlaim();
    const later = { ...asked, known: { klaimId: id, customerId: right } };
    const named = { ...asked.customer, customerId: right };
    expect(await desk.sync({ ...later, klaim: klaimIn('Approved'), customer: named })).toMatchObject({ klaimId: id });
    await desk.kustomer.deleteKlaim(id);
    const again = await desk.sync({ ...later, klaim: klaimIn('Denied'), customer: named });
    expect(again).toMatchObject({ customerId: right, matchedBy: 'operator' });
    expect(desk.theKlaim()).toMatchObject({ customerId: right, custom: { statusStr: 'Denied' } });
  });
});

test('a Klaim that is there already is only brought up to date', async () => {
  desk = await openDesk();
  const { klaimId, customerId } = await desk.sync();
  const relinked = await desk.relink(customerId ?? '', { klaim: klaimIn('Open'), known: { klaimId, customerId } });
  expect(relinked).toMatchObject({ klaimId, customerId, retired: [] });
  expect(desk.theKlaim().custom['statusStr']).toBe('Open');
});

test('a claim that had no Klaim gets one', async () => {
  desk = await openDesk();
  const customerId = await desk.kustomer.addCustomer({ email: 'mira@right.example' });
  const nobody = { email: null, externalId: null };
  expect(await desk.relink(customerId, { customer: nobody })).toMatchObject({ customerId, retired: [] });
  expect(desk.theKlaim().customerId).toBe(customerId);
});

test('nothing is done for a customer who is not there', async () => {
  desk = await openDesk();
  const { asked } = await misplaced(desk);
  const nobody = 'ffffffffffffffffffffffff';
  expect(await desk.relink(nobody, asked)).toEqual({ refused: `there is no customer ${nobody} in Kustomer` });
  expect(desk.theKlaim().id).toBe(asked.known.klaimId);
});

test('a customer who was merged, twice even, is followed to whom they are now', async () => {
  desk = await openDesk();
  const { right, asked } = await misplaced(desk);
  const second = await desk.kustomer.addCustomer({ email: 'mira@second.example' });
  const third = await desk.kustomer.addCustomer({ email: 'mira@third.example' });
  await desk.kustomer.mergeCustomers(right, second);
  await desk.kustomer.mergeCustomers(second, third);
  expect(await desk.relink(right, asked)).toMatchObject({ customerId: third });
  expect(desk.theKlaim().customerId).toBe(third);
});

test('a customer who is merged away between the look and the create is followed', async () => {
  desk = await openDesk();
  const { right, asked } = await misplaced(desk);
  const second = await desk.kustomer.addCustomer({ email: 'mira@second.example' });
  desk.justBefore('POST', /\/klasses\/klaim$/, () => desk.kustomer.mergeCustomers(right, second));
  expect(await desk.relink(right, asked)).toMatchObject({ customerId: second });
  expect(desk.theKlaim().customerId).toBe(second);
});

test('a customer who is deleted between the look and the create: the next attempt says so, and the claim has one Klaim all the same', async () => {
  desk = await openDesk();
  const { right, asked } = await misplaced(desk);
  desk.justBefore('POST', /\/klasses\/klaim$/, () => desk.kustomer.deleteCustomer(right));
  expect(await desk.relinkUntilDone(right, asked)).toEqual({ refused: `there is no customer ${right} in Kustomer` });
  await desk.sync(asked);
  expect(desk.theKlaim().customerId).toBe(asked.known.customerId);
});

test('a duplicate that was left with the wrong customer goes as well', async () => {
  desk = await openDesk();
  const customer = { ...MIRA, email: 'clm_1@wrong.example' };
  desk.justBefore('POST', /\/klasses\/klaim$/, () => desk.sync({ customer }));
  desk.kustomer.faults.add({ match: { method: 'DELETE' }, fault: 'dropBefore' });
  await failureOf(desk.sync({ customer }));
  const [first, second] = desk.kustomer.klaims('clm_1');
  const right = await desk.kustomer.addCustomer({ email: 'clm_1@right.example' });
  const known = { klaimId: first?.id ?? '', customerId: first?.customerId ?? null };
  const relinked = await desk.relink(right, { customer, known });
  expect('retired' in relinked && relinked.retired.map(({ klaimId }) => klaimId)).toEqual([first?.id, second?.id]);
  expect(desk.theKlaim().customerId).toBe(right);
});

describe('an attempt that is cut off anywhere', () => {
  const FAULTS: [string, FaultRule['fault']][] = [
    ['is not sent', 'dropBefore'],
    ['is answered to nobody', 'lostAnswer'],
    ['is answered 500 and was done', 'status500AfterCommit'],
    ['is answered 500 and was not done', { status: 500 }],
    ['is answered 429', { status: 429 }],
  ];
  /** How many requests an undisturbed attempt sends. */
  async function requestsOf(at: Desk): Promise<number> {
    const { right, asked } = await misplaced(at, 'measured');
    const before = at.calls().length;
    await at.relink(right, asked);
    return at.calls().length - before;
  }

  async function expectMoved(at: Desk, claimId: string, right: string): Promise<void> {
    expect(at.theKlaim(claimId)).toMatchObject({ customerId: right, custom: { statusStr: 'New' } });
    expect({ claimId, most: at.mostAtOnce(claimId) }).toEqual({ claimId, most: 1 });
  }

  beforeEach(async () => {
    desk = await openDesk();
  });

  // Some of these wait until Kustomer's lag is over, so they run side by side.
  test.each(RIGHTS)('is taken up by the next one, with a key %s', async (_right, rights) => {
    await Promise.all(
      FAULTS.map(([, fault]) =>
        withDesk(rights, async (at) => {
          const requests = await requestsOf(at);
          for (let nth = 1; nth <= requests; nth++) {
            const claimId = `clm_${nth}`;
            const { right, asked } = await misplaced(at, claimId);
            at.kustomer.faults.add({ match: { nth }, fault });
            await at.relinkUntilDone(right, asked);
            at.kustomer.faults.clear();
            await expectMoved(at, claimId, right);
          }
        }),
      ),
    );
  });

  test.each(['before', 'after'] as const)(
    'as by a process that dies %s a request, is taken up by the next one',
    async (when) => {
      const requests = await requestsOf(desk);
      for (let nth = 1; nth <= requests; nth++) {
        const claimId = `clm_${nth}`;
        const { right, asked } = await misplaced(desk, claimId);
        await desk.relink(right, { ...asked, signal: desk.killedAt(nth, when) }).catch(() => undefined);
        await desk.relinkUntilDone(right, asked);
        await expectMoved(desk, claimId, right);
      }
    },
  );
});
