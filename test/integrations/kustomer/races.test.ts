import { failureOf, klaimIn, MIRA, openDesk, type Desk } from './desk';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.kustomer.stop());

const customersWith = (email: string) =>
  desk.kustomer.customers().filter(({ emails = [] }) => emails.some((entry) => entry.email === email));

/** Kustomer makes a Klaim of the same claim for somebody else, just before ours. */
function anotherCreatesFirst(claimId = 'clm_1'): void {
  desk.justBefore('POST', /\/klasses\/klaim$/, () => desk.sync({ claimId, klaim: klaimIn('Theirs') }));
}

describe('two workers create the Klaim of one claim', () => {
  test('where Kustomer takes both, the older stays with the last state and the younger is deleted', async () => {
    anotherCreatesFirst();
    const synced = await desk.sync({ klaim: klaimIn('Ours') });
    const [first, second] = desk.kustomer.writes('clm_1').filter(({ what }) => what === 'create');
    expect(desk.theKlaim()).toMatchObject({ id: first?.kobjectId, custom: { statusStr: 'Ours' } });
    expect(synced).toMatchObject({ klaimId: first?.kobjectId, removedDuplicates: [second?.kobjectId] });
  });

  test('where Kustomer refuses the second, it becomes an update of the first', async () => {
    await desk.kustomer.configure({ duplicateExternalId: 'conflict' });
    anotherCreatesFirst();
    const synced = await desk.sync({ klaim: klaimIn('Ours') });
    expect(desk.theKlaim()).toMatchObject({ id: synced.klaimId, custom: { statusStr: 'Ours' } });
    expect(synced.removedDuplicates).toEqual([]);
  });

  test('where look-ups lag as well, the update still finds the first', async () => {
    await desk.kustomer.configure({ duplicateExternalId: 'conflict', readLagMs: 1_000 });
    anotherCreatesFirst();
    await desk.sync({ klaim: klaimIn('Ours') });
    expect(desk.theKlaim().custom['statusStr']).toBe('Ours');
  });

  test('under two customers, the older Klaim stays all the same', async () => {
    const customer = { ...MIRA, email: 'mira@work.example' };
    desk.justBefore('POST', /\/klasses\/klaim$/, () => desk.sync({ klaim: klaimIn('Theirs'), customer }));
    const synced = await desk.sync({ klaim: klaimIn('Ours') });
    expect(desk.theKlaim()).toMatchObject({ id: synced.klaimId, custom: { statusStr: 'Ours' } });
    expect(synced.removedDuplicates).toHaveLength(1);
  });

  test('a duplicate that was left behind by an attempt that died is deleted by the next write', async () => {
    anotherCreatesFirst();
    desk.kustomer.faults.add({ match: { method: 'DELETE' }, fault: 'dropBefore' });
    expect((await failureOf(desk.sync({ klaim: klaimIn('Ours') }))).kind).toBe('unavailable');
    expect(desk.kustomer.klaims('clm_1')).toHaveLength(2);
    await desk.sync({ klaim: klaimIn('Ours, later') });
    expect(desk.theKlaim().custom['statusStr']).toBe('Ours, later');
  });

  test('a deletion whose answer is lost is not asked for again', async () => {
    anotherCreatesFirst();
    desk.kustomer.faults.add({ match: { method: 'DELETE' }, fault: 'lostAnswer' });
    await desk.syncUntilDone({ klaim: klaimIn('Ours') });
    expect(desk.kustomer.requests({ method: 'DELETE' })).toHaveLength(1);
    expect(desk.theKlaim().custom['statusStr']).toBe('Ours');
  });

  test.each([401, 403] as const)(
    'without the right to delete (%d) it says which to delete, or which role is missing',
    async (missingRole) => {
      const roles = ['customer.read', 'customer.create', 'kobject.read', 'kobject.create', 'kobject.update'].map(
        (role) => `org.permission.${role}`,
      );
      const poor = await openDesk({ roles, settings: { missingRole } });
      poor.justBefore('POST', /\/klasses\/klaim$/, () => poor.sync({ klaim: klaimIn('Theirs') }));
      const failure = await failureOf(poor.sync({ klaim: klaimIn('Ours') }));
      const klaims = poor.kustomer.klaims('clm_1');
      await poor.kustomer.stop();
      expect(failure.kind).toBe('rejected');
      expect(failure.message).toContain('org.permission.kobject.delete');
      expect(klaims).toHaveLength(2);
      for (const { id } of klaims) expect(failure.message).toContain(id);
      // The one that stays has the state, so that agents read the right one meanwhile.
      expect(klaims[0]?.custom['statusStr']).toBe('Ours');
    },
  );
});

describe('the customer', () => {
  test('who writes in just before is used: Kustomer refuses a second one', async () => {
    let id: unknown;
    desk.justBefore(
      'POST',
      /\/customers$/,
      async () => (id = await desk.kustomer.addCustomer({ email: MIRA.email ?? '' })),
    );
    expect(await desk.sync()).toMatchObject({ customerId: id, matchedBy: 'email' });
    expect(customersWith(MIRA.email ?? '')).toHaveLength(1);
  });

  test('who writes in just before is used even where Kustomer takes a second one', async () => {
    await desk.kustomer.configure({ duplicateEmail: 'accept' });
    let id: unknown;
    desk.justBefore(
      'POST',
      /\/customers$/,
      async () => (id = await desk.kustomer.addCustomer({ email: MIRA.email ?? '' })),
    );
    expect(await desk.sync()).toMatchObject({ customerId: id, matchedBy: 'email' });
    expect(await desk.sync({ claimId: 'clm_2' })).toMatchObject({ customerId: id });
  });

  test('who has the external id under another address is found after the conflict', async () => {
    const ana = { ...MIRA, email: 'ana@shopper.example', externalId: 'shop-9' };
    desk.justBefore('POST', /\/customers$/, () => desk.sync({ claimId: 'other', customer: ana }));
    const synced = await desk.sync({ customer: { ...ana, email: 'ana@new.example' } });
    expect(synced.matchedBy).toBe('externalId');
    expect(desk.kustomer.customers()).toHaveLength(1);
  });

  test.each(['with', 'without'])(
    'who is merged away before the Klaim is created is followed to the target, %s the right to read merges',
    async (right) => {
      const roles = ['customer', 'kobject', ...(right === 'with' ? ['customer_merge'] : [])].map(
        (role) => `org.permission.${role}`,
      );
      const merged = await openDesk({ roles });
      const source = await merged.kustomer.addCustomer({ email: MIRA.email ?? '' });
      const target = await merged.kustomer.addCustomer({ email: 'mira@work.example' });
      merged.justBefore('POST', /\/klasses\/klaim$/, () => merged.kustomer.mergeCustomers(source, target));
      const synced = await merged.sync();
      const klaim = merged.theKlaim();
      const merges = merged.calls().filter((call) => call === `GET /customers/${source}/merges`);
      await merged.kustomer.stop();
      expect(synced.customerId).toBe(target);
      expect(klaim.customerId).toBe(target);
      expect(merges).toHaveLength(1);
    },
  );

  test('who was merged since the last write is still the owner of the same Klaim', async () => {
    const first = await desk.sync();
    const target = await desk.kustomer.addCustomer({ email: 'mira@work.example' });
    await desk.kustomer.mergeCustomers(first.customerId ?? '', target);
    const { klaimId, customerId } = first;
    expect(await desk.sync({ klaim: klaimIn('Approved'), known: { klaimId, customerId } })).toMatchObject({
      klaimId,
      customerId: target,
    });
    expect(desk.theKlaim().custom['statusStr']).toBe('Approved');
  });

  test('who takes no Klaim because there is no such Klass is a refusal that says so', async () => {
    const bare = await openDesk();
    await bare.kustomer.seedOrg({ org: 'bare', apiKey: 'another-key' });
    bare.kustomer.faults.add({ match: { method: 'POST', path: '/klasses/' }, times: 2, fault: { status: 404 } });
    const failure = await failureOf(bare.sync());
    await bare.kustomer.stop();
    expect(failure.kind).toBe('rejected');
    expect(failure.message).toContain('check that the Klass "klaim" exists');
  });
});

describe('the Klaim', () => {
  test('that an agent deletes between look-up and update is made again', async () => {
    const { klaimId } = await desk.sync();
    desk.justBefore('PUT', /\/klasses\/klaim\//, () => desk.kustomer.deleteKlaim(klaimId));
    const again = await desk.sync({ klaim: klaimIn('Approved'), known: { klaimId, customerId: null } });
    expect(again.klaimId).not.toBe(klaimId);
    expect(desk.theKlaim()).toMatchObject({ id: again.klaimId, custom: { statusStr: 'Approved' } });
  });

  test('that an agent deletes just after the update is made again', async () => {
    const { klaimId } = await desk.sync();
    desk.justBefore('GET', /\/customers\/.*\/klasses\/klaim$/, () => desk.kustomer.deleteKlaim(klaimId));
    await desk.sync({ klaim: klaimIn('Approved') });
    expect(desk.theKlaim().custom['statusStr']).toBe('Approved');
  });

  test('that an agent changes between look-up and update is read again, and gets the whole state', async () => {
    const { klaimId } = await desk.sync();
    const edit = { custom: { statusStr: 'Mine' }, title: 'Changed by hand' };
    desk.justBefore('PUT', /\/klasses\/klaim\//, () => desk.kustomer.editKlaim({ id: klaimId, changes: edit }));
    await desk.sync({ klaim: klaimIn('Approved') });
    expect(desk.theKlaim()).toMatchObject({ rev: 3, title: klaimIn('').title, custom: { statusStr: 'Approved' } });
    const puts = desk.kustomer.requests({ method: 'PUT' });
    expect(puts.map(({ status }) => status)).toEqual([409, 200]);
  });

  test('that an agent changes just after the update gets the state again, and keeps what is not ours', async () => {
    const { klaimId } = await desk.sync();
    await desk.kustomer.seedOrg({ properties: { agentNoteStr: { displayName: 'Note' } } });
    const edit = { custom: { statusStr: 'Mine', agentNoteStr: 'call back' } };
    desk.justBefore('GET', /\/customers\/.*\/klasses\/klaim$/, () =>
      desk.kustomer.editKlaim({ id: klaimId, changes: edit }),
    );
    await desk.sync({ klaim: klaimIn('Approved') });
    expect(desk.theKlaim().custom).toMatchObject({ statusStr: 'Approved', agentNoteStr: 'call back' });
  });

  test('that an agent moves to another customer stays there and is updated', async () => {
    const { klaimId, customerId } = await desk.sync();
    const other = await desk.kustomer.addCustomer({ email: 'tom@shopper.example' });
    await desk.kustomer.moveKlaim({ id: klaimId, customerId: other });
    const synced = await desk.sync({ klaim: klaimIn('Approved'), known: { klaimId, customerId } });
    expect(synced).toEqual({ klaimId, customerId: other, matchedBy: 'existing', removedDuplicates: [] });
    expect(desk.theKlaim()).toMatchObject({ customerId: other, custom: { statusStr: 'Approved' } });
  });

  test('that a remembered id no longer leads to is found by its external id', async () => {
    const { klaimId } = await desk.sync();
    const known = { klaimId: 'ffffffffffffffffffffffff', customerId: 'ffffffffffffffffffffffff' };
    expect(await desk.sync({ klaim: klaimIn('Approved'), known })).toMatchObject({ klaimId });
    expect(desk.theKlaim().custom['statusStr']).toBe('Approved');
  });

  test('of another claim under a remembered id is left alone', async () => {
    const other = await desk.sync({ claimId: 'clm_2', klaim: klaimIn('Theirs') });
    const synced = await desk.sync({ klaim: klaimIn('Ours'), known: { klaimId: other.klaimId, customerId: null } });
    expect(synced.klaimId).not.toBe(other.klaimId);
    expect(desk.theKlaim('clm_2').custom['statusStr']).toBe('Theirs');
  });

  const LATER = '2026-03-10T12:00:01.000Z';

  test('that got a newer state between look-up and update keeps it', async () => {
    const { klaimId, customerId } = await desk.sync();
    const known = { klaimId, customerId };
    desk.justBefore('PUT', /\/klasses\/klaim\//, () => desk.sync({ klaim: klaimIn('Newer'), known, asOf: LATER }));
    expect(await desk.trySync({ klaim: klaimIn('Older'), known })).toEqual({ supersededBy: LATER });
    expect(desk.theKlaim()).toMatchObject({ id: klaimId, rev: 2, custom: { statusStr: 'Newer' } });
  });

  test('that got a newer state while an older one was to be created keeps it, and stays the only one', async () => {
    desk.justBefore('POST', /\/klasses\/klaim$/, () => desk.sync({ klaim: klaimIn('Newer'), asOf: LATER }));
    expect(await desk.trySync({ klaim: klaimIn('Older') })).toEqual({ supersededBy: LATER });
    expect(desk.theKlaim().custom['statusStr']).toBe('Newer');
  });

  test('that was moved by a newer order stays there, whatever the older order still does', async () => {
    const { klaimId, customerId } = await desk.sync();
    const known = { klaimId, customerId };
    const tom = await desk.kustomer.addCustomer({ email: 'tom@shopper.example' });
    const ana = await desk.kustomer.addCustomer({ email: 'ana@shopper.example' });
    await desk.relink(ana, { known, asOf: LATER });
    expect(await desk.relink(tom, { known })).toEqual({ supersededBy: LATER });
    expect(desk.theKlaim().customerId).toBe(ana);
  });

  test('that says as of when it is keeps what others have put into its data', async () => {
    const { klaimId } = await desk.sync();
    await desk.kustomer.editKlaim({ id: klaimId, changes: { data: { ofOthers: { kept: true } } } });
    await desk.sync({ klaim: klaimIn('Approved'), asOf: LATER });
    expect(desk.theKlaim().data).toEqual({ ofOthers: { kept: true }, claimkeeperAsOf: LATER });
  });

  test('that is changed under every write is given up for now, and says so', async () => {
    const { klaimId } = await desk.sync();
    const edit = () => desk.kustomer.editKlaim({ id: klaimId, changes: { title: 'Mine' } });
    for (let round = 0; round < 8; round++) desk.justBefore('PUT', /\/klasses\/klaim\//, edit);
    const failure = await failureOf(desk.sync({ klaim: klaimIn('Approved') }));
    expect(failure.kind).toBe('unavailable');
    expect(failure.message).toContain('changed under each of 8 writes');
  });
});
