import { sql } from 'drizzle-orm';
import { type AuditEntry, type AuditReport, type AuditStore } from '../../src/store/audit';
import { createChainCheck } from '../../src/store/audit-chain';
import { type Database } from '../../src/store/database';
import { AuditBroken } from '../../src/store/errors';
import { audit, auditEnd } from '../../src/store/schema';
import { createStore } from '../../src/store/store';
import { createVault } from '../../src/store/vault';
import { onEachDatabase, onPostgres } from '../support/databases';
import { openStore, openTwoStores } from './open-stores';

const anAct = (parts: Partial<AuditEntry> = {}): AuditEntry => ({
  callId: 'call-1',
  actor: 'token tok_1',
  action: 'POST /v1/brands/{brand}/claims/{claimId}/close-claim',
  brand: 'acme',
  claimId: 'cl-1',
  outcome: 'done',
  details: { status: 200, scopes: ['read', 'operate'], accept: true },
  at: '2026-03-02T09:14:07.000Z',
  ...parts,
});

onEachDatabase((kind) => {
  let database: Database;
  let log: AuditStore;
  let putBack: () => Promise<void>;
  beforeAll(async () => {
    const opened = await openStore(kind);
    database = opened.database;
    log = opened.store.audit;
    for (let count = 1; count <= 5; count++) await log.append(anAct({ callId: `call-${count}` }));
    const [lines, end] = [await log.list({ limit: 5 }), await database.sql.select().from(auditEnd)];
    putBack = async () => {
      await database.sql.execute(sql`truncate audit, audit_end`);
      await database.sql.insert(audit).values(lines);
      await database.sql.insert(auditEnd).values(end);
    };
  });
  /** A log of five lines. */
  beforeEach(() => putBack());
  const faultsAfter = async (tampering: string): Promise<AuditReport['faults']> => {
    await database.sql.execute(sql.raw(tampering));
    return (await log.verify()).faults;
  };

  test('lines are numbered without gaps, each follows from the one before, and an untouched log has no faults', async () => {
    const lines = (await log.list({ limit: 10 })).toReversed();
    expect(lines.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(lines.slice(1).map(({ previous }) => previous)).toEqual(lines.slice(0, 4).map(({ hash }) => hash));
    expect(lines[0]).toMatchObject(anAct({ callId: 'call-1' }));
    expect(await log.verify()).toEqual({ head: { seq: 5, hash: lines[4]?.hash }, faults: [], faultCount: 0 });
  });

  test.each([
    ['who', "update audit set actor = 'admin' where seq = 3"],
    ['what', "update audit set action = 'DELETE /v1/brands/{brand}' where seq = 3"],
    ['when', "update audit set at = at - interval '1 millisecond' where seq = 3"],
    ['the brand', "update audit set brand = 'other' where seq = 3"],
    ['the claim', 'update audit set claim_id = null where seq = 3'],
    ['the result', "update audit set outcome = 'refused' where seq = 3"],
    ['the call', "update audit set call_id = 'call-9' where seq = 3"],
    ['a detail', `update audit set details = '{"status":200,"scopes":["read"],"accept":true}' where seq = 3`],
    ['the hash', 'update audit set hash = reverse(hash) where seq = 3'],
    ['the line before', "update audit set previous = '' where seq = 3"],
  ])('a line in which %s was changed is named', async (_what, tampering) => {
    expect((await faultsAfter(tampering))[0]).toBe('Line 3 was changed: it does not give its hash.');
  });

  test('only the changed line is named, not those that follow from it', async () => {
    expect(await faultsAfter("update audit set actor = 'admin' where seq in (2, 4)")).toEqual([
      'Line 2 was changed: it does not give its hash.',
      'Line 4 was changed: it does not give its hash.',
    ]);
  });

  test.each([
    ['delete from audit where seq = 3', 'Line 3 is missing.'],
    ['delete from audit where seq = 1', 'Line 1 is missing.'],
    ['delete from audit where seq in (2, 3)', 'Lines 2 to 3 are missing.'],
    ['delete from audit where seq >= 4', 'Lines 4 to 5 are missing.'],
    ['delete from audit', 'Lines 1 to 5 are missing.'],
  ])('%s is found: %s', async (tampering, fault) => {
    expect(await faultsAfter(tampering)).toEqual([fault]);
  });

  test('lines that were swapped are both named', async () => {
    const swapped = await faultsAfter(
      'update audit set seq = case seq when 2 then -1 else -2 end where seq in (2, 4)',
    ).then(() => faultsAfter('update audit set seq = case seq when -1 then 4 else 2 end where seq < 0'));
    expect(swapped).toEqual([
      'Line 2 was changed: it does not give its hash.',
      'Line 4 was changed: it does not give its hash.',
    ]);
  });

  test('a line that was put in is named, in the middle, behind the end, before the begin and as a second one', async () => {
    const copy = (from: number, as: number): string =>
      `insert into audit select ${as}, at, call_id, actor, action, brand, claim_id, outcome, details, previous, hash from audit where seq = ${from}`;
    await database.sql.execute(sql`alter table audit drop constraint audit_pkey`);
    try {
      expect(await faultsAfter(copy(2, 2))).toEqual(['Line 2 stands there more than once.']);
      await database.sql.execute(sql`delete from audit where seq = 3`);
      expect(await faultsAfter(copy(4, 3))).toContain('Line 3 was changed: it does not give its hash.');
      await faultsAfter(copy(5, 6));
      const outside = 'stands outside of the log, which ends with line 5: Claimkeeper did not write it.';
      expect(await faultsAfter(copy(1, 0))).toEqual(expect.arrayContaining([`Line 6 ${outside}`, `Line 0 ${outside}`]));
    } finally {
      await database.sql.execute(sql`truncate audit`);
      await database.sql.execute(sql`alter table audit add constraint audit_pkey primary key (seq)`);
    }
  });

  test('what only a head that was kept elsewhere shows: that an older state was put back as a whole', async () => {
    const [older] = await database.sql.select().from(auditEnd);
    const kept = await log.append(anAct({ callId: 'call-6' }));
    expect(await log.verify(kept)).toMatchObject({ head: kept, faults: [] });
    await database.sql.update(auditEnd).set({ sealed: older?.sealed ?? Buffer.alloc(0) });
    await database.sql.execute(sql`delete from audit where seq = 6`);
    expect((await log.verify()).faults).toEqual([]);
    expect((await log.verify(kept)).faults).toEqual([
      'Line 6, which was noted, is behind the end of the log (line 5): an older state was put back.',
    ]);
    await log.append(anAct({ callId: 'another' }));
    expect((await log.verify(kept)).faults).toEqual(['Line 6 is not the one that was noted.']);
  });

  test('a line of such an older state that is put back alone is named', async () => {
    const [older] = await database.sql.select().from(auditEnd);
    await log.append(anAct({ callId: 'call-6' }));
    const [written] = await log.list({ limit: 1 });
    await database.sql.update(auditEnd).set({ sealed: older?.sealed ?? Buffer.alloc(0) });
    await database.sql.execute(sql`delete from audit where seq = 6`);
    for (const callId of ['another', 'and another']) await log.append(anAct({ callId }));
    await database.sql.execute(sql`delete from audit where seq = 6`);
    await database.sql.insert(audit).values(written === undefined ? [] : [written]);
    expect((await log.verify()).faults).toEqual([
      "Line 7 does not follow from line 6: one of them was put in another's place.",
    ]);
  });

  test('without its end nothing is taken for checked, and no line is added', async () => {
    expect(await faultsAfter('delete from audit_end')).toEqual([expect.stringContaining('the end was removed')]);
    await expect(log.append(anAct())).rejects.toThrow(AuditBroken);
    expect(await log.list({ limit: 10 })).toHaveLength(5);
  });

  test('an end that was made with another master key is said so, and no line is added', async () => {
    const stranger = createStore(database, createVault([Buffer.alloc(32, 8)])).audit;
    expect(await stranger.verify()).toMatchObject({ head: null, faults: [expect.stringContaining('add that key')] });
    await expect(stranger.append(anAct())).rejects.toThrow('add that key to CLAIMKEEPER_MASTER_KEYS');
  });

  test('old lines stay good when the master key is rotated and the old one is gone', async () => {
    const [first, second] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
    await createStore(database, createVault([second, first])).audit.append(anAct());
    const after = createStore(database, createVault([second])).audit;
    await after.append(anAct());
    expect(await after.verify()).toMatchObject({ head: { seq: 7 }, faults: [] });
  });

  test('the list is narrowed to a brand and a claim, newest first, and goes on before a line', async () => {
    await log.append(anAct({ brand: 'other', claimId: null }));
    await log.append(anAct({ brand: 'other', claimId: 'cl-2' }));
    const seqs = async (filter: Parameters<typeof log.list>[0]) => (await log.list(filter)).map(({ seq }) => seq);
    expect(await seqs({ limit: 3 })).toEqual([7, 6, 5]);
    expect(await seqs({ limit: 3, before: 5 })).toEqual([4, 3, 2]);
    expect(await seqs({ brand: 'other', limit: 3 })).toEqual([7, 6]);
    expect(await seqs({ brand: 'other', claimId: 'cl-2', limit: 3 })).toEqual([7]);
  });
});

onPostgres((kind) => {
  test('lines of two processes stand one after the other, whoever writes first', async () => {
    const [one, two] = await openTwoStores(kind);
    await Promise.all(
      Array.from({ length: 40 }, (_, count) =>
        (count % 2 === 0 ? one : two).audit.append(anAct({ callId: `call-${count}` })),
      ),
    );
    expect(await two.audit.verify()).toMatchObject({ head: { seq: 40 }, faults: [] });
    expect(new Set((await one.audit.list({ limit: 50 })).map(({ callId }) => callId)).size).toBe(40);
  });

  test('a check sees one state of the log while others write', async () => {
    const [one, two] = await openTwoStores(kind);
    const writing = Promise.all(Array.from({ length: 60 }, () => one.audit.append(anAct())));
    for (let count = 0; count < 5; count++) expect((await two.audit.verify()).faults).toEqual([]);
    await writing;
  });
});

test('of very many faults the first are named and all are counted', () => {
  const check = createChainCheck({ key: 'aa', seq: 100, hash: '' });
  for (let seq = 1; seq <= 100; seq++) check.take({ ...anAct(), seq, previous: '', hash: '' });
  const { faults, faultCount } = check.report();
  expect([faults.length, faultCount]).toEqual([50, 100]);
});
