import { failureOf, klaimIn, MIRA, until, withDesk } from './desk';

const CREATE = { method: 'POST', path: '/customers/.+/klasses/klaim' };
const MODES = ['accept', 'conflict'] as const;

// Each of these waits until Kustomer's lag is over, so they run side by side.

test.concurrent.each(MODES)(
  'a lost create under look-ups that lag two seconds is found once they show it (%s)',
  (duplicateExternalId) =>
    withDesk({ settings: { duplicateExternalId, readLagMs: 2_000 } }, async (desk) => {
      desk.kustomer.faults.add({ match: CREATE, fault: 'lostAnswer' });
      await desk.sync();
      expect(desk.kustomer.requests(CREATE)).toHaveLength(1);
      expect(desk.theKlaim().custom['statusStr']).toBe('New');
    }),
);

test.concurrent('a lost create is found by the next attempt when Kustomer goes down at once', () =>
  withDesk({}, async (desk) => {
    desk.kustomer.faults.add({ match: CREATE, fault: 'lostAnswer' });
    const lookUp = { method: 'GET', path: '/klasses/klaim/externalId=', nth: 2 };
    desk.kustomer.faults.add({ match: lookUp, times: 'forever', fault: { status: 503 } });
    expect((await failureOf(desk.sync())).kind).toBe('unavailable');
    desk.kustomer.faults.clear();
    expect((await desk.sync()).matchedBy).toBe('email');
    expect(desk.kustomer.requests(CREATE)).toHaveLength(1);
  }),
);

test.concurrent.each(MODES)(
  'a create that hangs and lands after another one made the Klaim is cleared away by the next write (%s)',
  (duplicateExternalId) =>
    withDesk({ settings: { duplicateExternalId }, timeoutMs: 300 }, async (desk) => {
      desk.kustomer.faults.add({ match: CREATE, fault: 'hang' });
      expect((await failureOf(desk.sync())).kind).toBe('unavailable');
      const { klaimId } = await desk.sync();
      desk.kustomer.faults.release();
      await until(() => desk.kustomer.requests(CREATE).every(({ status }) => status !== 'open'));
      const synced = await desk.sync({ klaim: klaimIn('Approved') });
      expect(desk.theKlaim()).toMatchObject({ id: klaimId, custom: { statusStr: 'Approved' } });
      expect(synced.removedDuplicates).toHaveLength(duplicateExternalId === 'accept' ? 1 : 0);
    }),
);

test.concurrent.each(['dropBefore', { status: 500 }] as const)(
  'a create without effect (%j) is sent again by the next attempt, after a look-up',
  (fault) =>
    withDesk({}, async (desk) => {
      desk.kustomer.faults.add({ match: CREATE, fault });
      expect((await failureOf(desk.sync())).kind).toBe('unavailable');
      expect(desk.kustomer.klaims('clm_1')).toEqual([]);
      const before = desk.calls().length;
      await desk.sync();
      expect(desk.calls()[before]).toBe('GET /klasses/klaim/externalId=clm_1');
      expect(desk.theKlaim().custom['statusStr']).toBe('New');
    }),
);

test.concurrent('a phone that Kustomer does not take does not stand in the way of the customer', () =>
  withDesk({}, async (desk) => {
    desk.kustomer.faults.add({ match: { method: 'POST', path: '/customers$' }, fault: { status: 409 } });
    const synced = await desk.sync({ customer: { ...MIRA, phone: '+13125550142' } });
    expect(synced.matchedBy).toBe('created');
    const [customer] = desk.kustomer.customers();
    expect(customer).toMatchObject({ emails: [{ email: MIRA.email }] });
    expect(customer?.phones).toBeUndefined();
  }),
);

test.concurrent('a customer that Kustomer refuses and does not show is a refusal', () =>
  withDesk({}, async (desk) => {
    const failure = await failureOf(desk.sync({ customer: { ...MIRA, email: 'not an address' } }));
    expect(failure).toMatchObject({
      kind: 'rejected',
      message: 'kustomer: creating the customer was answered 400: it refuses emails.0.email',
    });
    expect(desk.kustomer.customers()).toEqual([]);
  }),
);

test.concurrent('a Klaim that Kustomer calls taken and does not show is left for the next attempt', () =>
  withDesk({}, async (desk) => {
    desk.kustomer.faults.add({ match: CREATE, fault: { status: 409 } });
    const failure = await failureOf(desk.sync());
    expect(failure.kind).toBe('unavailable');
    expect(failure.message).toContain('answered 409');
    await desk.sync();
    expect(desk.theKlaim().custom['statusStr']).toBe('New');
  }),
);
