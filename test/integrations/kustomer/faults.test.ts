import { failureOf, klaimIn, openDesk, until, type Desk } from './desk';

let desk: Desk;

const CREATE = { method: 'POST', path: '/customers/.+/klasses/klaim' };
const NEW_CUSTOMER = { method: 'POST', path: '/customers$' };
const UPDATE = { method: 'PUT', path: '/klasses/klaim/' };

afterEach(() => desk.kustomer.stop());

describe.each(['accept', 'conflict'] as const)(
  'where Kustomer would %s a second Klaim of a claim',
  (duplicateExternalId) => {
    beforeEach(async () => {
      desk = await openDesk({ settings: { duplicateExternalId }, timeoutMs: 300 });
    });

    test.each([
      ['lostAnswer', 'lostAnswer'],
      ['500 after commit', 'status500AfterCommit'],
      ['an answer that comes too late', { latencyMs: 400, when: 'after' }],
    ] as const)('a create that took effect and then met %s is found again, not sent again', async (_name, fault) => {
      desk.kustomer.faults.add({ match: CREATE, fault });
      const synced = await desk.sync();
      expect(desk.kustomer.requests(CREATE)).toHaveLength(1);
      expect(desk.theKlaim()).toMatchObject({ id: synced.klaimId, custom: { statusStr: 'New' } });
    });

    test.each(['lostAnswer', 'status500AfterCommit'] as const)(
      'a customer whose creation met %s is found again',
      async (fault) => {
        desk.kustomer.faults.add({ match: NEW_CUSTOMER, fault });
        await desk.sync();
        expect(desk.kustomer.customers()).toHaveLength(1);
        expect(desk.kustomer.requests(NEW_CUSTOMER)).toHaveLength(1);
      },
    );

    test.each(['lostAnswer', 'status500AfterCommit'] as const)(
      'an update that met %s is written again by the next attempt',
      async (fault) => {
        await desk.sync();
        desk.kustomer.faults.add({ match: UPDATE, fault });
        expect((await failureOf(desk.sync({ klaim: klaimIn('Approved') }))).kind).toBe('unavailable');
        await desk.sync({ klaim: klaimIn('Approved') });
        expect(desk.theKlaim().custom['statusStr']).toBe('Approved');
      },
    );
  },
);

describe('look-ups that lag', () => {
  beforeEach(async () => {
    desk = await openDesk({ settings: { readLagMs: 2_000 } });
  });

  test('show nothing of a Klaim made a moment ago: its remembered id leads to it', async () => {
    const { klaimId, customerId } = await desk.sync();
    expect(await desk.sync({ klaim: klaimIn('Approved'), known: { klaimId, customerId } })).toMatchObject({ klaimId });
    expect(desk.theKlaim()).toMatchObject({ rev: 2, custom: { statusStr: 'Approved' } });
    expect(desk.kustomer.requests(CREATE)).toHaveLength(1);
  });

  test('show an older revision: the update is refused, and made on the current one', async () => {
    await desk.sync();
    await desk.kustomer.configure({ readLagMs: 60_000 });
    const { id } = desk.theKlaim();
    const known = { klaimId: id, customerId: null };
    await desk.sync({ klaim: klaimIn('Open'), known });
    await desk.sync({ klaim: klaimIn('Approved'), known });
    expect(desk.theKlaim()).toMatchObject({ id, rev: 3, custom: { statusStr: 'Approved' } });
  });
});

describe('slow, busy and unhelpful answers', () => {
  beforeEach(async () => {
    desk = await openDesk({ timeoutMs: 300 });
  });

  test('a slow Kustomer that still answers in time is waited for', async () => {
    desk.kustomer.faults.add({ times: 'forever', fault: { latencyMs: 100 } });
    await desk.sync();
    expect(desk.theKlaim().custom['statusStr']).toBe('New');
  });

  test('a Kustomer that does not answer in time is unavailable', async () => {
    desk.kustomer.faults.add({ fault: { latencyMs: 400 } });
    const failure = await failureOf(desk.sync());
    expect(failure).toMatchObject({ kind: 'unavailable', message: 'kustomer: GET failed: no answer within 300 ms' });
  });

  test('a Kustomer that is down is unavailable, and the same attempt succeeds once it is up', async () => {
    desk.kustomer.faults.down();
    expect((await failureOf(desk.sync())).kind).toBe('unavailable');
    desk.kustomer.faults.up();
    await desk.sync();
    expect(desk.theKlaim().custom['statusStr']).toBe('New');
  });

  test('a masked attribute is no difference', async () => {
    await desk.kustomer.seedOrg({ properties: { statusStr: { displayName: 'Status', sensitive: { enabled: true } } } });
    await desk.kustomer.configure({ maskSensitive: true });
    await desk.sync();
    await desk.sync({ klaim: klaimIn('Approved') });
    expect(desk.theKlaim()).toMatchObject({ rev: 2, custom: { statusStr: 'Approved' } });
  });

  test('an attempt that is ended stops, and what it left is taken up by the next', async () => {
    const attempt = new AbortController();
    desk.kustomer.faults.add({ match: CREATE, fault: 'lostAnswer' });
    await desk.kustomer.configure({ readLagMs: 1_500 });
    const ended = failureOf(desk.sync({ signal: attempt.signal }));
    await until(() => desk.kustomer.klaims('clm_1').length === 1);
    attempt.abort();
    expect((await ended).kind).toBe('unavailable');
    await desk.kustomer.configure({ readLagMs: 0 });
    await desk.sync();
    expect(desk.theKlaim().custom['statusStr']).toBe('New');
  });
});
