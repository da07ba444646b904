import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../sandbox/claims/until';
import { type DeliveryStore } from '../../src/store/deliveries';
import { type Store } from '../../src/store/store';
import { openStore, openTwoStores } from '../store/open-stores';
import { onEachDatabase, onPostgres } from '../support/databases';
import { Dispatching, NO_SWEEP } from './dispatching';

onEachDatabase((kind) => {
  let store: Store;
  let run: Dispatching;
  beforeAll(async () => {
    ({ store } = await openStore(kind));
  });
  beforeEach(() => {
    run = new Dispatching(store);
  });
  afterEach(() => run.end());

  test('what was stored before the start is signalled and marked delivered', async () => {
    await run.recordMany(2);
    run.start();
    await run.untilThereAre(2, 'delivered');
    expect(run.temporal.counts()).toEqual({ c0: 1, c1: 1 });
    expect(run.temporal.taken).toContainEqual({
      brand: run.brand,
      about: 'c0',
      what: expect.objectContaining({ kind: 'created', source: 'order-protection', claim: { id: 'c0' } }),
    });
  });

  test('what arrives later wakes it at once: no sweep is needed', async () => {
    run.start({ sweepMs: NO_SWEEP });
    await run.record('c1');
    await run.untilThereAre(1, 'delivered');
    await run.record('c2');
    await run.untilThereAre(2, 'delivered');
  });

  test('an answer of a brand and a protection event go their own ways', async () => {
    const completion = { resolutionId: 'res_1', outcome: 'declined', reason: 'out of stock' };
    const order = { order_id: 'o1', source_order_id: 'BR-20417', amount: 3.45, currency: 'EUR' };
    await run.record('c1', completion, 'brand-backend');
    await run.record('p1', { id: 'p1', topic: 'protection.added', body: order });
    run.start();
    await run.untilThereAre(2, 'delivered');
    expect(run.temporal.taken).toContainEqual({ brand: run.brand, about: 'c1', what: completion });
    expect(run.temporal.taken.map(({ what }) => what)).toContainEqual(
      expect.objectContaining({ action: 'added', amount: { amount: '3.45', currency: 'EUR' } }),
    );
  });

  test('a backlog goes through with no more signals under way than allowed, each once', async () => {
    await run.recordMany(50);
    run.start({ concurrency: 8, sweepMs: NO_SWEEP });
    await run.untilThereAre(50, 'delivered');
    expect(run.temporal.mostAtOnce).toBeGreaterThan(1);
    expect(run.temporal.mostAtOnce).toBeLessThanOrEqual(8);
    expect(run.temporal.taken).toHaveLength(50);
  });

  test('one whose turn comes too late for its lease is let go, and leased and signalled once more', async () => {
    const leased: (string | null)[] = [];
    const deliveries: DeliveryStore = {
      ...store.deliveries,
      async lease(asked) {
        const found = await store.deliveries.lease(asked);
        leased.push(...found.map(({ claimId }) => claimId));
        return found;
      },
    };
    run.temporal.before = ({ about }) => (about === 'c0' ? sleep(300) : Promise.resolve());
    await run.recordMany(2);
    run.start({ concurrency: 1, leaseSeconds: 1, turnWithinMs: 100, sweepMs: NO_SWEEP }, deliveries);
    await run.untilThereAre(2, 'delivered');
    expect(leased).toEqual(['c0', 'c1', 'c1']);
    expect(run.temporal.counts()).toEqual({ c0: 1, c1: 1 });
  });

  test('two dispatchers share a backlog without doing anything twice', async () => {
    await run.recordMany(40);
    run.start({ concurrency: 4 });
    run.start({ concurrency: 4 });
    await run.untilThereAre(40, 'delivered');
    expect(run.temporal.taken).toHaveLength(40);
  });

  describe('killed between two steps, another one takes over when the lease has run out', () => {
    /** Starts one that dies at a step, and waits for that: from then on nothing of it reaches the database. */
    async function killAt(step: 'lease' | 'delivered'): Promise<void> {
      let die = (): void => undefined;
      const died = new Promise<void>((resolve) => (die = resolve));
      let isDead = false;
      const never = <T>(): Promise<T> => {
        isDead = true;
        die();
        return new Promise<T>(() => undefined);
      };
      const { lease } = store.deliveries;
      const deliveries: DeliveryStore = {
        ...store.deliveries,
        lease: (options) => (isDead ? never() : lease(options).then((leased) => (step === 'lease' ? never() : leased))),
        delivered: () => never(),
      };
      run.unstoppable({ leaseSeconds: 1, sweepMs: 10 }, deliveries);
      await died;
    }

    test('after the lease, before the signal: signalled once', async () => {
      await run.record('c1');
      await killAt('lease');
      expect(run.temporal.taken).toHaveLength(0);
      run.start({ sweepMs: 50 });
      await run.untilThereAre(1, 'delivered');
      expect(run.temporal.counts()).toEqual({ c1: 1 });
    });

    test('after the signal, before it is marked: signalled twice with the same key, which workflows know', async () => {
      await run.record('c1');
      await killAt('delivered');
      run.start({ sweepMs: 50 });
      await run.untilThereAre(1, 'delivered');
      expect(run.temporal.counts()).toEqual({ c1: 2 });
      const [first, second] = run.temporal.taken;
      expect(second?.what).toEqual(first?.what);
    });
  });

  test('while Temporal is down everything waits, and goes through when it is back', async () => {
    run.temporal.isDown = true;
    run.start({ concurrency: 8, sweepMs: NO_SWEEP });
    await run.recordMany(30);
    await until('ten attempts', () => Promise.resolve(run.temporal.calls >= 10));
    const waiting = await run.listed('pending');
    expect(waiting).toHaveLength(30);
    expect(waiting.map(({ error }) => error)).toContain('Temporal did not take a signal');
    run.temporal.isDown = false;
    await run.untilThereAre(30, 'delivered');
    expect(run.temporal.taken).toHaveLength(30);
  });

  test('while Temporal is down it is asked for one at a time', async () => {
    run.temporal.isDown = true;
    await run.record('c0');
    run.start({ concurrency: 8, sweepMs: NO_SWEEP });
    await until('an attempt', () => Promise.resolve(run.temporal.calls === 1));
    await run.recordMany(30);
    await until('more attempts', () => Promise.resolve(run.temporal.calls >= 5));
    expect(run.temporal.mostAtOnce).toBe(1);
  });

  test('one that Temporal refuses for ever is tried again and again, and holds up no other', async () => {
    const attempts: string[] = [];
    run.temporal.before = ({ about }) => {
      attempts.push(about);
      return about === 'poison' ? Promise.reject(new Error('too large')) : Promise.resolve();
    };
    await run.record('poison');
    await run.recordMany(20);
    run.start({ concurrency: 1, sweepMs: NO_SWEEP });
    await run.untilThereAre(20, 'delivered');
    await until('a third attempt', () => Promise.resolve(attempts.filter((one) => one === 'poison').length >= 3));
    expect(await run.listed('pending')).toEqual([expect.objectContaining({ claimId: 'poison', error: 'too large' })]);
  });

  test('one that cannot be read any more goes into quarantine with the reason, and holds up no other', async () => {
    await run.record('gone', '{"topic":');
    await run.record('odd', { topic: 'claim.created', body: {} });
    await run.record('alien', {}, 'another');
    await run.record('answer', { resolutionId: 'res_1', outcome: 'perhaps' }, 'brand-backend');
    await run.record('c1');
    run.start();
    await run.untilThereAre(1, 'delivered');
    await run.untilThereAre(4, 'quarantined');
    const quarantined = await run.listed('quarantined');
    expect(Object.fromEntries(quarantined.map(({ claimId, error }) => [claimId, error]))).toEqual({
      gone: 'the stored body is not JSON',
      odd: 'there is no claim id',
      alien: 'the source "another" is not known',
      answer: 'not an answer to a resolution of a claim',
    });
  });

  test('a replay is signalled again; what is still unreadable goes back into quarantine', async () => {
    const good = await run.record('c1');
    const bad = await run.record('bad', '[]');
    run.start({ sweepMs: NO_SWEEP });
    await run.untilThereAre(1, 'quarantined');
    await run.untilThereAre(1, 'delivered');
    await store.deliveries.replay(run.brand, good);
    await store.deliveries.replay(run.brand, bad);
    await until('a second signal', () => Promise.resolve(run.temporal.taken.length === 2));
    await run.untilThereAre(1, 'delivered');
    await run.untilThereAre(1, 'quarantined');
  });

  test('what is known and not used is set aside again when it is replayed', async () => {
    const id = await run.record('shipment', { ref: 'shipments/delivered/SUCCESSFULLY_DELIVERED' }, 'karla');
    run.start({ sweepMs: NO_SWEEP });
    await run.untilThereAre(1, 'ignored');
    expect((await run.listed('ignored'))[0]).toMatchObject({ id, error: null });
    expect(run.temporal.calls).toBe(0);
  });

  test('while the database does not answer it waits, and goes on by itself', async () => {
    let refused = 0;
    const lease: DeliveryStore['lease'] = (options) =>
      ++refused <= 3 ? Promise.reject(new Error('cut')) : store.deliveries.lease(options);
    await run.recordMany(2);
    run.start({ sweepMs: NO_SWEEP }, { ...store.deliveries, lease });
    await run.untilThereAre(2, 'delivered');
  });

  test('when its outcome cannot be written, a delivery is signalled again after its lease', async () => {
    let refused = 0;
    const delivered: DeliveryStore['delivered'] = (...outcome) =>
      ++refused === 1 ? Promise.reject(new Error('cut')) : store.deliveries.delivered(...outcome);
    await run.record('c1');
    run.start({ leaseSeconds: 1, sweepMs: 50 }, { ...store.deliveries, delivered });
    await run.untilThereAre(1, 'delivered');
    expect(run.temporal.counts()).toEqual({ c1: 2 });
  });

  test('a stop finishes what is in flight and takes nothing new', async () => {
    let finish = (): void => undefined;
    const held = new Promise<void>((resolve) => (finish = resolve));
    run.temporal.before = () => held;
    await run.record('c1');
    const dispatcher = run.start();
    await until('an attempt', () => Promise.resolve(run.temporal.calls === 1));
    const stopped = dispatcher.stop();
    await run.record('c2');
    finish();
    await stopped;
    expect(await run.listed('delivered')).toEqual([expect.objectContaining({ claimId: 'c1' })]);
    expect(await run.listed('pending')).toEqual([expect.objectContaining({ claimId: 'c2' })]);
  });
});

onPostgres((kind) => {
  test('a delivery that another process stores wakes it at once', async () => {
    const [here, there] = await openTwoStores(kind);
    const run = new Dispatching(here);
    run.start({ sweepMs: NO_SWEEP });
    await run.record('c1');
    await run.untilThereAre(1, 'delivered');
    await there.deliveries.replay(run.brand, (await run.listed('delivered'))[0]?.id ?? '');
    await until('a second signal', () => Promise.resolve(run.temporal.taken.length === 2));
    await run.end();
  });
});
