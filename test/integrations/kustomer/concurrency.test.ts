import { type KlaimSync } from '../../../src/integrations/kustomer/client';
import { everybodyAtOnce, klaimIn, openDesk, type Desk } from './desk';

let desk: Desk;

afterEach(() => desk.kustomer.stop());

const TEN = Array.from({ length: 10 }, (_, index) => index);
const MODES = ['accept', 'conflict'] as const;

test.each(MODES)(
  'ten workers that write one new claim at once leave one Klaim, whole, with the state of one of them (%s)',
  async (duplicateExternalId) => {
    desk = await openDesk({ settings: { duplicateExternalId, updatesPerObjectAndMinute: 10_000 } });
    const states = TEN.map((index) => klaimIn(`State ${index}`, { title: `Title ${index}` }));
    const syncs = await Promise.all(states.map((klaim) => desk.syncUntilDone({ klaim })));
    const { id, title, custom } = desk.theKlaim();
    expect(states.map((state) => [state.title, state.custom['statusStr']])).toContainEqual([
      title,
      custom['statusStr'],
    ]);
    expect(syncs.at(-1)?.klaimId).toBe(id);
    expect(desk.kustomer.customers()).toHaveLength(1);
  },
);

test('ten workers that write one state of an existing claim at once leave it so', async () => {
  desk = await openDesk();
  const { klaimId } = await desk.sync();
  const syncs = await Promise.all(TEN.map(() => desk.syncUntilDone({ klaim: klaimIn('Approved') })));
  expect(new Set(syncs.map((sync) => sync.klaimId))).toEqual(new Set([klaimId]));
  expect(desk.theKlaim()).toMatchObject({ custom: { statusStr: 'Approved' } });
});

/** Ten claims of a shopper whom Kustomer does not know. */
async function tenClaims(): Promise<KlaimSync[]> {
  return Promise.all(TEN.map((index) => desk.sync({ claimId: `clm_${index}` })));
}

function expectOneCustomer(syncs: KlaimSync[]): void {
  const [customer, ...others] = desk.kustomer.customers();
  expect(others).toEqual([]);
  expect(new Set(syncs.map(({ customerId }) => customerId))).toEqual(new Set([customer?.id]));
  for (const index of TEN) expect(desk.theKlaim(`clm_${index}`).customerId).toBe(customer?.id);
}

test('ten claims of one new shopper share one customer: the lease lets one create it, even where Kustomer takes more', async () => {
  desk = await openDesk({ settings: { duplicateEmail: 'accept' } });
  const syncs = await tenClaims();
  expectOneCustomer(syncs);
  expect(syncs.filter(({ matchedBy }) => matchedBy === 'created')).toHaveLength(1);
  expect(desk.kustomer.requests({ method: 'POST', path: '/customers$' })).toHaveLength(1);
});

test("ten claims of one new shopper share one customer by Kustomer's 409 alone", async () => {
  desk = await openDesk({ lease: everybodyAtOnce });
  expectOneCustomer(await tenClaims());
  expect(desk.kustomer.requests({ method: 'POST', path: '/customers$' }).length).toBeGreaterThan(1);
});
