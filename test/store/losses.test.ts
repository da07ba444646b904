import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { lossOf, mayOverlap, type Loss, type Rival } from '../../src/claims/loss';
import { type Source } from '../../src/claims/sources';
import { type Database } from '../../src/store/database';
import { ledger, losses } from '../../src/store/schema';
import { type Store } from '../../src/store/store';
import { onEachDatabase, onPostgres } from '../support/databases';
import { anEntry, openStore, openTwoStores } from './open-stores';

const KETTLE = { lineItemId: 'li-9001', sku: 'KTL-BLU' };
const MUGS = { lineItemId: 'li-9002', sku: 'MUG-4' };
const OP: Rival = { source: 'order-protection', claimId: 'cm-1' };
const KARLA: Rival = { source: 'karla', claimId: 'k-1' };
const at = '2026-03-03T10:00:00.000Z';

let count = 0;
/** An order that no other test has: what Order Protection and Karla say of it. */
function anOrder() {
  const number = String(++count + 20_000);
  return {
    atOrderProtection: (...items: object[]) => lossOf({ sourceOrderId: `shop-${number}`, number: `#${number}` }, items),
    atKarla: (...items: object[]) => lossOf({ sourceOrderId: number, number }, items),
  };
}
const entryOf = (claim: Rival) => anEntry(claim);

onEachDatabase((kind) => {
  let store: Store;
  let database: Database;
  beforeAll(async () => ({ store, database } = await openStore(kind)));

  /** The id of the resolution if it may be commanded, else who contests it. */
  const reserve = async (claim: Rival, loss: Loss, despite: Rival[] = []) => {
    const entry = entryOf(claim);
    const reservation = await store.ledger.reserve(entry, loss, despite);
    return 'rivals' in reservation ? reservation.rivals : entry;
  };
  const approve = ({ source, claimId }: Rival, loss: Loss | null) =>
    store.losses.approve({ brand: 'acme', source, claimId }, loss);

  test('what the other source was commanded for is contested, and nothing of it is written', async () => {
    const order = anOrder();
    await reserve(OP, order.atOrderProtection(KETTLE));
    expect(await reserve(KARLA, order.atKarla({ sku: ' ktl-blu' }))).toEqual([OP]);
    const rows = await database.sql.select().from(losses);
    expect(rows.filter(({ claimId }) => claimId === KARLA.claimId)).toEqual([]);
    expect(await store.ledger.forClaim('acme', KARLA.claimId)).toEqual([]);
  });

  test('what the other source has approved by itself is contested, and it learns of a command in its turn', async () => {
    const [first, second] = [anOrder(), anOrder()];
    expect(await approve(KARLA, first.atKarla({ sku: 'KTL-BLU' }))).toEqual([]);
    expect(await reserve(OP, first.atOrderProtection(KETTLE))).toEqual([KARLA]);
    await reserve(OP, second.atOrderProtection(KETTLE));
    expect(await approve(KARLA, second.atKarla({ sku: 'KTL-BLU' }))).toEqual([OP]);
  });

  test('other lines, other orders, other brands and other claims of the same source are not', async () => {
    const [order, other] = [anOrder(), anOrder()];
    await reserve(OP, order.atOrderProtection(KETTLE));
    expect(await approve(KARLA, order.atKarla({ sku: 'MUG-4' }))).toEqual([]);
    expect(await approve(KARLA, other.atKarla({ sku: 'KTL-BLU' }))).toEqual([]);
    const loss = order.atKarla({ sku: 'KTL-BLU' });
    expect(await store.losses.approve({ ...KARLA, brand: 'bolt' }, loss)).toEqual([]);
    expect(await reserve({ ...OP, claimId: 'cm-2' }, order.atOrderProtection(KETTLE))).toMatchObject({
      claimId: 'cm-2',
    });
  });

  test('an order without a name is like no other', async () => {
    const nameless = lossOf({}, [KETTLE]);
    await reserve(OP, nameless);
    expect(await reserve(KARLA, nameless)).toMatchObject({ claimId: KARLA.claimId });
  });

  test('an operator overrules those that were shown, and no others', async () => {
    const order = anOrder();
    const another = { ...KARLA, claimId: 'k-2' };
    await approve(KARLA, order.atKarla());
    await approve(another, order.atKarla());
    const loss = order.atOrderProtection(KETTLE);
    expect(await reserve(OP, loss, [KARLA])).toEqual([another]);
    expect(await reserve(OP, loss, [KARLA, another])).toMatchObject({ claimId: OP.claimId });
  });

  test('a resolution that was reserved stays so, whoever comes later', async () => {
    const order = anOrder();
    const entry = entryOf(OP);
    const loss = order.atOrderProtection(KETTLE);
    const first = await store.ledger.reserve(entry, loss, []);
    await approve(KARLA, order.atKarla());
    expect(await store.ledger.reserve({ ...entry, command: 'new' }, loss, [])).toEqual(first);
  });

  test('an approval that is taken back, or replaced by one of other lines, contests no more', async () => {
    const order = anOrder();
    await approve(KARLA, order.atKarla({ sku: 'KTL-BLU' }));
    await approve(KARLA, order.atKarla({ sku: 'MUG-4' }));
    expect(await reserve(OP, order.atOrderProtection(KETTLE))).toMatchObject({ claimId: OP.claimId });
    expect(await reserve({ ...OP, claimId: 'cm-3' }, order.atOrderProtection(MUGS))).toEqual([KARLA]);
    await approve(KARLA, null);
    expect(await reserve({ ...OP, claimId: 'cm-3' }, order.atOrderProtection(MUGS))).toMatchObject({ claimId: 'cm-3' });
  });

  test('a command that the brand declined contests no more; a withdrawn one does, because the brand may have acted', async () => {
    const [declined, withdrawn] = [anOrder(), anOrder()];
    const [first, second] = [entryOf(OP), entryOf(OP)];
    await store.ledger.reserve(first, declined.atOrderProtection(KETTLE), []);
    await store.ledger.accept('acme', OP.claimId, first.resolutionId, { outcome: 'declined', reason: 'no' }, at);
    await store.ledger.reserve(second, withdrawn.atOrderProtection(KETTLE), []);
    await store.ledger.withdraw(second, at);
    expect(await approve(KARLA, declined.atKarla())).toEqual([]);
    expect(await approve(KARLA, withdrawn.atKarla())).toEqual([OP]);
  });

  test('of two sources that come at once, one is commanded and the other learns of it', async () => {
    for (let round = 0; round < 15; round++) {
      const order = anOrder();
      const results = await Promise.all([
        reserve(OP, order.atOrderProtection(KETTLE)),
        reserve(KARLA, order.atKarla({ sku: 'KTL-BLU' })),
      ]);
      expect(results.map(Array.isArray).sort()).toEqual([false, true]);
    }
  });

  test('of a command and an approval that come at once, at least one learns of the other', async () => {
    for (let round = 0; round < 15; round++) {
      const order = anOrder();
      const [commanded, rivals] = await Promise.all([
        reserve(OP, order.atOrderProtection(KETTLE)),
        approve(KARLA, order.atKarla({ sku: 'KTL-BLU' })),
      ]);
      expect(Array.isArray(commanded) || rivals.length > 0).toBe(true);
    }
  });

  test('whatever claims come at once, no loss is commanded through both sources without an operator', async () => {
    const claim = fc.record({
      source: fc.constantFrom<Source>('order-protection', 'karla'),
      claimId: fc.constantFrom('c1', 'c2', 'c3'),
      order: fc.constantFrom('1', '2'),
      number: fc.constantFrom('#1', '#2', '3'),
      skus: fc.subarray(['A', 'B', 'C']),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(claim, { minLength: 2, maxLength: 8 }), async (claims) => {
        await database.sql.execute(sql`delete from losses`);
        await database.sql.delete(ledger);
        const asked = claims.map(({ source, claimId, order, number, skus }) => ({
          claim: { source, claimId },
          loss: lossOf(
            { sourceOrderId: order, number },
            skus.map((sku) => ({ sku })),
          ),
        }));
        const results = await Promise.all(asked.map(({ claim: one, loss }) => reserve(one, loss)));
        const commanded = asked.filter((_, index) => !Array.isArray(results[index]));
        const twice = commanded.filter(({ claim: one, loss }) =>
          commanded.some(({ claim: other, loss: theirs }) => other.source !== one.source && isOneLoss(loss, theirs)),
        );
        expect(twice).toEqual([]);
        expect(commanded.length).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });
});

const isOneLoss = (a: Loss, b: Loss): boolean =>
  a.orderNames.some((name) => b.orderNames.includes(name)) && mayOverlap(a.lines, b.lines);

onPostgres((kind) => {
  test('two processes that command one loss at once do not both command it', async () => {
    const [here, there] = await openTwoStores(kind);
    for (let round = 0; round < 30; round++) {
      const order = anOrder();
      const results = await Promise.all([
        here.ledger.reserve(entryOf(OP), order.atOrderProtection(KETTLE), []),
        there.ledger.reserve(entryOf(KARLA), order.atKarla({ sku: 'KTL-BLU' }), []),
      ]);
      expect(results.filter((result) => 'entry' in result)).toHaveLength(1);
    }
  });
});
