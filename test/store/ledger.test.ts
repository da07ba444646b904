import { eq, sql } from 'drizzle-orm';
import { type Answer } from '../../src/claims/answer';
import { type Database } from '../../src/store/database';
import { LedgerMismatch, SealBroken } from '../../src/store/errors';
import { type NewLedgerEntry } from '../../src/store/ledger';
import { deliveries, ledger } from '../../src/store/schema';
import { type Store } from '../../src/store/store';
import { onEachDatabase, onPostgres } from '../support/databases';
import { anEntry, openStore, openTwoStores, reserve } from './open-stores';

const refunded: Answer = { outcome: 'refunded', refundId: 'rf_55', amount: '28.62', currency: 'USD' };
const declined: Answer = { outcome: 'declined', reason: 'out of stock' };
const [at, later] = ['2026-03-03T10:00:00.000Z', '2026-03-04T10:00:00.000Z'];

onEachDatabase((kind) => {
  let store: Store;
  let database: Database;

  beforeAll(async () => ({ store, database } = await openStore(kind)));
  beforeEach(() => database.sql.delete(deliveries));

  const reserved = async (parts: Partial<NewLedgerEntry> = {}): Promise<NewLedgerEntry> => {
    const entry = anEntry(parts);
    await reserve(store, entry);
    return entry;
  };
  const accept = ({ brand, claimId, resolutionId }: NewLedgerEntry, answer: Answer, when = at) =>
    store.ledger.accept(brand, claimId, resolutionId, answer, when);
  const current = async ({ brand, claimId, resolutionId }: NewLedgerEntry) =>
    (await store.ledger.forClaim(brand, claimId)).find((entry) => entry.resolutionId === resolutionId);

  test('a reserved resolution is commanded, with nothing else happened', async () => {
    const entry = anEntry();
    const stored = {
      ...entry,
      state: 'commanded',
      sentAt: null,
      answer: null,
      answeredAt: null,
      reportedAt: null,
      withdrawnAt: null,
    };
    expect(await reserve(store, entry)).toEqual(stored);
    expect(await current(entry)).toEqual(stored);
  });

  test('the command stays as it was first frozen, whatever is reserved again and by how many at once', async () => {
    const entry = anEntry({ amount: null });
    const drafts = Array.from({ length: 5 }, (_, n) => ({ ...entry, command: `{"draft":${n}}` }));
    const stored = await Promise.all(drafts.map((draft) => reserve(store, draft)));
    expect(new Set(stored.map(({ command }) => command)).size).toBe(1);
    expect((await reserve(store, { ...entry, command: 'new' })).command).toBe(stored[0]?.command);
  });

  test('a resolution id of another claim is refused', async () => {
    const entry = await reserved();
    await expect(reserve(store, { ...entry, claimId: 'cl-2' })).rejects.toThrow(LedgerMismatch);
  });

  test('of ten racing callers exactly one is applied, and one signal is stored', async () => {
    const entry = await reserved();
    const answers = Array.from({ length: 10 }, (_, n): Answer => (n % 2 === 0 ? refunded : declined));
    const verdicts = (await Promise.all(answers.map((answer) => accept(entry, answer)))).map(({ verdict }) => verdict);
    expect(verdicts.filter((verdict) => verdict === 'applied')).toHaveLength(1);
    expect(verdicts.filter((verdict) => verdict === 'duplicate')).toHaveLength(4);
    expect(verdicts.filter((verdict) => verdict === 'refused')).toHaveLength(5);
    expect(await store.deliveries.lease({ limit: 10, seconds: 60 })).toHaveLength(1);
  });

  test('of a burst of answers each is judged by its own resolution, in the order in which they came', async () => {
    const entries = await Promise.all(Array.from({ length: 6 }, () => reserved()));
    const unknown = { ...anEntry(), claimId: 'cl-1' };
    const foreign = { ...(entries[0] as NewLedgerEntry), claimId: 'cl-2' };
    const burst: [NewLedgerEntry, Answer][] = [
      ...entries.map((entry): [NewLedgerEntry, Answer] => [entry, refunded]),
      [unknown, refunded],
      [foreign, refunded],
      ...entries.toReversed().map((entry, n): [NewLedgerEntry, Answer] => [entry, n === 0 ? declined : refunded]),
    ];
    const accepted = await Promise.all(burst.map(([entry, answer]) => accept(entry, answer)));
    expect(accepted.map(({ verdict }) => verdict)).toEqual([
      ...Array<string>(6).fill('applied'),
      'unknown',
      'unknown',
      'refused',
      ...Array<string>(5).fill('duplicate'),
    ]);
    expect(accepted.flatMap((one) => ('entry' in one ? [one.entry.resolutionId] : []))).toEqual([
      ...entries.map(({ resolutionId }) => resolutionId),
      ...entries.toReversed().map(({ resolutionId }) => resolutionId),
    ]);
    expect(await store.deliveries.lease({ limit: 20, seconds: 60 })).toHaveLength(6);
    for (const entry of entries) expect(await current(entry)).toMatchObject({ state: 'answered', answer: refunded });
  });

  test('an entry that cannot be decrypted fails by itself: those that are answered at the same time are stored', async () => {
    const entries = await Promise.all(Array.from({ length: 4 }, () => reserved()));
    await database.sql
      .update(ledger)
      .set({ command: Buffer.of(1) })
      .where(eq(ledger.resolutionId, entries[2]?.resolutionId ?? ''));
    const outcomes = await Promise.allSettled(entries.map((entry) => accept(entry, refunded)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[2]).toMatchObject({ reason: expect.any(SealBroken) });
    expect(await store.deliveries.lease({ limit: 20, seconds: 60 })).toHaveLength(3);
    await database.sql.delete(ledger);
  });

  test('an accepted answer is stored with the delivery that signals it', async () => {
    const entry = await reserved();
    expect(await accept(entry, refunded)).toEqual({
      verdict: 'applied',
      entry: expect.objectContaining({ state: 'answered', answer: refunded, answeredAt: at }),
    });
    const [delivery] = await store.deliveries.lease({ limit: 10, seconds: 60 });
    expect(delivery).toMatchObject({
      brand: 'acme',
      source: 'brand-backend',
      topic: 'resolution.completed',
      claimId: entry.claimId,
    });
    expect(JSON.parse(delivery?.body ?? '')).toEqual({ resolutionId: entry.resolutionId, ...refunded });
  });

  test('an answer whose signal cannot be stored is not accepted', async () => {
    const entry = await reserved();
    await database.sql.execute(
      sql`alter table deliveries add constraint full_up check (topic <> 'resolution.completed')`,
    );
    try {
      await expect(accept(entry, refunded)).rejects.toThrow('full_up');
      expect(await current(entry)).toMatchObject({ state: 'commanded', answer: null });
    } finally {
      await database.sql.execute(sql`alter table deliveries drop constraint full_up`);
    }
    expect(await accept(entry, refunded)).toMatchObject({ verdict: 'applied' });
  });

  test('a repeat by value is a duplicate and stores no second signal, another answer is refused with the first one', async () => {
    const entry = await reserved();
    await accept(entry, refunded);
    expect(await accept(entry, { ...refunded, amount: '28.620' })).toMatchObject({
      verdict: 'duplicate',
      entry: { answer: refunded, answeredAt: at },
    });
    expect(await accept(entry, declined)).toMatchObject({
      verdict: 'refused',
      reason: 'alreadyAnswered',
      entry: { answer: refunded },
    });
    expect(await store.deliveries.lease({ limit: 10, seconds: 60 })).toHaveLength(1);
  });

  test.each<[string, Answer, string]>([
    ['another kind', { outcome: 'reshipped', reshipOrderId: 'BR-20901' }, 'otherKind'],
    ['more money', { ...refunded, amount: '28.63' }, 'moreMoney'],
    ['another currency', { ...refunded, currency: 'EUR' }, 'otherCurrency'],
  ])('%s than approved is refused and nothing is stored', async (_, answer, reason) => {
    const entry = await reserved();
    expect(await accept(entry, answer)).toMatchObject({ verdict: 'refused', reason });
    expect(await current(entry)).toMatchObject({ state: 'commanded', answer: null });
    expect(await store.deliveries.lease({ limit: 10, seconds: 60 })).toEqual([]);
  });

  test('an answer for a resolution, claim or brand that does not match is unknown', async () => {
    const entry = await reserved();
    for (const part of [{ resolutionId: 'res_0' }, { claimId: 'cl-2' }, { brand: 'bolt' }, { claimId: '\0' }])
      expect(await accept({ ...entry, ...part }, refunded)).toEqual({ verdict: 'unknown' });
  });

  test('a withdrawn resolution that is answered all the same keeps both', async () => {
    const entry = await reserved();
    expect(await store.ledger.withdraw(entry, at)).toMatchObject({ state: 'withdrawn', withdrawnAt: at });
    expect(await accept(entry, refunded, later)).toMatchObject({
      verdict: 'applied',
      entry: { state: 'answered', withdrawnAt: at, answeredAt: later },
    });
  });

  test('an answered or declined resolution stays so when it is withdrawn', async () => {
    for (const [answer, state] of [
      [refunded, 'answered'],
      [declined, 'declined'],
    ] as const) {
      const entry = await reserved();
      await accept(entry, answer);
      expect(await store.ledger.withdraw(entry, later)).toMatchObject({ state, answer, withdrawnAt: null });
    }
  });

  test('a withdrawal and an answer at the same time come one after the other', async () => {
    for (let round = 0; round < 20; round++) {
      const entry = await reserved();
      const [seen, accepted] = await Promise.all([store.ledger.withdraw(entry, at), accept(entry, refunded)]);
      expect(accepted).toMatchObject({ verdict: 'applied' });
      const last = await current(entry);
      expect(last).toMatchObject({ state: 'answered', answer: refunded });
      // Whoever withdrew knows whether it came first.
      expect(seen.state).toBe(last?.withdrawnAt === null ? 'answered' : 'withdrawn');
    }
  });

  test('the first sending, withdrawal and report count', async () => {
    const entry = await reserved();
    const withdrawn = await reserved();
    await store.ledger.sent(entry, at);
    await store.ledger.sent(entry, later);
    await accept(entry, refunded);
    await store.ledger.reported(entry, at);
    await store.ledger.reported(entry, later);
    expect(await current(entry)).toMatchObject({ state: 'reported', sentAt: at, reportedAt: at });
    await store.ledger.withdraw(withdrawn, at);
    expect(await store.ledger.withdraw(withdrawn, later)).toMatchObject({ withdrawnAt: at });
  });

  test('what is not there, or not answered, cannot be marked', async () => {
    const missing = { brand: 'acme', resolutionId: 'res_0' };
    await expect(store.ledger.sent(missing, at)).rejects.toThrow(LedgerMismatch);
    await expect(store.ledger.withdraw(missing, at)).rejects.toThrow(LedgerMismatch);
    await expect(store.ledger.reported(await reserved(), at)).rejects.toThrow('has no answer that could be reported');
  });

  test("a claim's resolutions come in the order in which they were commanded, and no others", async () => {
    const claimId = 'cl-ordered';
    const second = await reserved({ claimId, commandedAt: later });
    const first = await reserved({ claimId, commandedAt: at });
    await reserved({ claimId: 'cl-other' });
    await reserved({ claimId, brand: 'bolt' });
    const ids = (await store.ledger.forClaim('acme', claimId)).map(({ resolutionId }) => resolutionId);
    expect(ids).toEqual([first.resolutionId, second.resolutionId]);
  });

  test('neither command nor answer is in clear in the database', async () => {
    const entry = await reserved({ command: '{"shippingAddress":"Lindenweg 4"}' });
    await accept(entry, { outcome: 'declined', reason: 'Lindenweg is closed' });
    const rows = await database.sql.execute(
      sql`select ledger::text, encode(command, 'escape') as command, encode(answer, 'escape') as answer from ledger`,
    );
    expect(JSON.stringify(rows)).toContain(entry.resolutionId);
    expect(JSON.stringify(rows)).not.toContain('Lindenweg');
  });
});

onPostgres((kind) => {
  test('two processes that take the same answers at once, in opposite orders, apply each once', async () => {
    const [here, there] = await openTwoStores(kind);
    const entries = Array.from({ length: 60 }, () => anEntry());
    for (const entry of entries) await reserve(here, entry);
    const answerAll = (store: Store, all: readonly NewLedgerEntry[]) =>
      Promise.all(all.map((one) => store.ledger.accept(one.brand, one.claimId, one.resolutionId, refunded, at)));
    const accepted = await Promise.all([answerAll(here, entries), answerAll(there, entries.toReversed())]);
    const verdicts = accepted.flat().map(({ verdict }) => verdict);
    expect(verdicts.filter((verdict) => verdict === 'applied')).toHaveLength(60);
    expect(verdicts.filter((verdict) => verdict === 'duplicate')).toHaveLength(60);
  });
});
