import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import pino from 'pino';
import { until } from '../../sandbox/claims/until';
import { startKustomerSimulator, type KustomerSimulator } from '../../sandbox/kustomer/simulator';
import { startOrderProtectionSimulator, type OrderProtectionSimulator } from '../../sandbox/order-protection/simulator';
import { createBudget } from '../../src/integrations/kustomer/budget/budget';
import { createKustomer } from '../../src/integrations/kustomer/client';
import { createOrderProtection } from '../../src/integrations/order-protection/client';
import { keyChecks } from '../../src/keys/checks';
import { createKeyWatch } from '../../src/keys/watch';
import { type Database } from '../../src/store/database';
import { refusedKeys } from '../../src/store/schema';
import { type Store } from '../../src/store/store';
import { aBrand, openStore } from '../store/open-stores';
import { onEachDatabase } from '../support/databases';
import { loopbackHttp } from '../support/loopback-http';

onEachDatabase((kind) => {
  let store: Store;
  let database: Database;
  let kustomer: KustomerSimulator;
  let orderProtection: OrderProtectionSimulator;
  const lines: { level: number; msg: string; brand?: string }[] = [];
  const woken: string[] = [];
  const watches: { stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    ({ store, database } = await openStore(kind));
    kustomer = await startKustomerSimulator();
    orderProtection = await startOrderProtectionSimulator();
  });
  beforeEach(() => {
    lines.length = 0;
    woken.length = 0;
  });
  afterEach(() => Promise.all(watches.splice(0).map((watch) => watch.stop())));
  afterAll(async () => {
    await kustomer.stop();
    await orderProtection.stop();
  });

  function watch(
    wake = (brand: string, claimId: string): Promise<void> => {
      woken.push(`${brand} ${claimId}`);
      return Promise.resolve();
    },
  ): void {
    const client = createKustomer({
      http: loopbackHttp(),
      budget: createBudget(store.requestBudgets),
      lease: store.leases.withLease,
    });
    const checks = keyChecks(client, createOrderProtection(loopbackHttp()));
    const log = pino(
      { level: 'info' },
      { write: (line: string) => lines.push(JSON.parse(line) as (typeof lines)[number]) },
    );
    const started = createKeyWatch({ store, checks, wake, log, pace: { everyMs: 50, tickMs: 10 } });
    watches.push(started);
    started.start();
  }

  /** A brand that never had a claim. */
  async function idleBrand(brand: string, pod = 'prod1'): Promise<string> {
    const apiKey = `key-of-${brand}`;
    await kustomer.seedOrg({ org: brand, apiKey: `${apiKey}-of-the-seed` });
    await kustomer.addKey({ org: brand, apiKey, pod });
    await store.brands.put(brand, aBrand({ kustomer: { org: brand, apiKey, baseUrl: kustomer.url } }));
    return apiKey;
  }

  const refusalOf = (brand: string) =>
    until(`a refused key of ${brand}`, async () => (await store.refusedKeys.list(brand))[0] ?? null);
  const linesOf = (brand: string) => lines.filter((line) => line.brand === brand);

  test('a key that dies is seen where nothing happens, and told of once', async () => {
    const apiKey = await idleBrand('idle');
    watch();
    watch();
    await until('a check', () =>
      Promise.resolve(kustomer.requests().some(({ url }) => url.endsWith('/auth/tokens/current'))),
    );
    expect(await store.refusedKeys.list('idle')).toEqual([]);
    await kustomer.revokeKey(apiKey);
    expect(await refusalOf('idle')).toMatchObject({ partner: 'kustomer', message: expect.stringContaining('revoked') });
    await sleep(200);
    expect(linesOf('idle')).toMatchObject([{ level: 50, msg: expect.stringContaining('put a new one') }]);
  });

  test('a key of another region is seen and named as one', async () => {
    await idleBrand('elsewhere', 'prod2');
    watch();
    expect(await refusalOf('elsewhere')).toMatchObject({ message: expect.stringMatching(/another region.*prod2/) });
  });

  test('a partner that is down says nothing of the key', async () => {
    await idleBrand('unlucky');
    kustomer.faults.down();
    watch();
    await sleep(200);
    kustomer.faults.up();
    expect(await store.refusedKeys.list('unlucky')).toEqual([]);
  });

  test('claims that wait go on when a key is put, the one that waited longest first, each once', async () => {
    await idleBrand('patient');
    const waits = ['c-3', 'c-1', 'c-2'].map((claimId) => ({ brand: 'patient', partner: 'kustomer', claimId }));
    for (const wait of waits) await store.keyWaits.wait(wait);
    // Waiting once more does not lose the turn.
    await store.keyWaits.wait({ brand: 'patient', partner: 'kustomer', claimId: 'c-3' });
    watch();
    await sleep(100);
    expect(woken).toEqual([]);
    await store.refusedKeys.clear('patient');
    await until('all to go on', () => Promise.resolve(woken.length >= 3));
    await sleep(100);
    expect(woken).toEqual(['patient c-3', 'patient c-1', 'patient c-2']);
  });

  test('a claim that cannot be told now is told later, and nobody overtakes it', async () => {
    await idleBrand('slow');
    let isDown = true;
    for (const claimId of ['c-1', 'c-2']) await store.keyWaits.wait({ brand: 'slow', partner: 'kustomer', claimId });
    await store.refusedKeys.clear('slow');
    watch((_brand, claimId) => {
      if (isDown) return Promise.reject(new Error('Temporal is down'));
      woken.push(claimId);
      return Promise.resolve();
    });
    await sleep(100);
    isDown = false;
    await until('both to go on', () => Promise.resolve(woken.length >= 2));
    expect(woken).toEqual(['c-1', 'c-2']);
  });

  test('a token of Order Protection that was refused is tried until it works, and its claims go on', async () => {
    await orderProtection.seedStore({ apiToken: 'op-token' });
    await store.brands.put(
      'shop',
      aBrand({
        orderProtection: { apiToken: 'op-token', webhookSecrets: ['s'.repeat(20)], baseUrl: orderProtection.url },
      }),
    );
    const key = { brand: 'shop', partner: 'order-protection', key: 'op-token' };
    await store.refusedKeys.refused(key, 'revoked');
    await store.keyWaits.wait({ brand: 'shop', partner: 'order-protection', claimId: 'c-1' });
    watch();
    await sleep(100);
    // Tried a moment ago: not again for a minute.
    expect(orderProtection.requests()).toEqual([]);
    await database.sql.update(refusedKeys).set({ triedAt: sql`${refusedKeys.triedAt} - interval '61 seconds'` });
    await until('the claim to go on', () => Promise.resolve(woken.length > 0));
    expect(orderProtection.requests()).toHaveLength(1);
    expect(await store.refusedKeys.list('shop')).toEqual([]);
    expect(linesOf('shop')).toMatchObject([{ level: 30, msg: expect.stringContaining('works again') }]);
  });
});
