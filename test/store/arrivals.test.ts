import { until } from '../../sandbox/claims/until';
import { DatabaseUnavailable } from '../../src/store/errors';
import { type Store } from '../../src/store/store';
import { onEachDatabase, onPostgres, ownPostgresServer } from '../support/databases';
import { aDelivery, anEntry, openStore, openTwoStores, reserve } from './open-stores';

/** Counts the calls of a listener. */
function listenTo(store: Store): { calls(): number; stop(): void } {
  let calls = 0;
  const stop = store.deliveries.onArrival(() => calls++);
  return { calls: () => calls, stop };
}

onEachDatabase((kind) => {
  test('a new pending delivery, a replay and an answer wake the listeners of this process before the call is answered', async () => {
    const { store } = await openStore(kind);
    const ears = listenTo(store);
    const wakes = async (act: () => Promise<unknown>): Promise<boolean> => {
      const before = ears.calls();
      await act();
      return ears.calls() > before;
    };
    const delivery = aDelivery();
    const entry = await reserve(store, anEntry());
    expect(await wakes(() => store.deliveries.record(delivery))).toBe(true);
    const { items } = await store.deliveries.list('acme', {});
    expect(await wakes(() => store.deliveries.replay('acme', items[0]?.id ?? ''))).toBe(true);
    const answer = { outcome: 'declined', reason: 'out of stock' } as const;
    const accept = () => store.ledger.accept('acme', entry.claimId, entry.resolutionId, answer, entry.commandedAt);
    expect(await wakes(accept)).toBe(true);
    ears.stop();
    expect(await wakes(() => store.deliveries.record(aDelivery()))).toBe(false);
  });

  test('closing twice, and with a listener, ends', async () => {
    const { store } = await openStore(kind);
    listenTo(store);
    await Promise.all([store.close(), store.close()]);
    await store.close();
  });

  test('after closing, calls fail as an unavailable database', async () => {
    const { store } = await openStore(kind);
    await store.close();
    await expect(store.ping()).rejects.toThrow(DatabaseUnavailable);
    await expect(store.deliveries.record(aDelivery())).rejects.toThrow(DatabaseUnavailable);
  });
});

onPostgres((kind) => {
  test('every delivery of a burst in one process wakes the other process after it was stored', async () => {
    const [here, there] = await openTwoStores(kind);
    const seen = new Set<string>();
    there.deliveries.onArrival(() => {
      void there.deliveries
        .lease({ limit: 100, seconds: 60 })
        .then((taken) => taken.forEach(({ deliveryId }) => seen.add(deliveryId)));
    });
    const recorded = await Promise.all(Array.from({ length: 50 }, () => here.deliveries.record(aDelivery())));
    await until('all deliveries in the other process', async () => seen.size === recorded.length);
  });

  test('after the server was down, listeners are woken by themselves and hear again', async () => {
    const server = await ownPostgresServer();
    if (server === null) return;
    const [here, there] = await openTwoStores(kind);
    const ears = listenTo(there);
    await until('the first wake-up, on connecting', async () => ears.calls() > 0);

    await server.stop();
    await expect(here.deliveries.record(aDelivery())).rejects.toThrow(DatabaseUnavailable);
    await expect(here.leases.withLease('k', 5, async () => 'done')).rejects.toThrow(DatabaseUnavailable);
    const whileDown = ears.calls();
    await server.start();

    await until('a wake-up on connecting again', async () => ears.calls() > whileDown);
    const before = ears.calls();
    await here.deliveries.record(aDelivery());
    await until('a wake-up by the other process', async () => ears.calls() > before);
  });
});
