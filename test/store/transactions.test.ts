import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { until } from '../../sandbox/claims/until';
import { migrate } from '../../src/store/database';
import { openPostgres } from '../../src/store/postgres';
import { createStore, type Store } from '../../src/store/store';
import { onPostgres } from '../support/databases';
import { startStallingProxy, type StallingProxy } from '../support/stalling-proxy';
import { aDelivery, vault } from './open-stores';

const STATEMENT_MS = 400;
/** A pool has ten connections. */
const MORE_THAN_A_POOL = 12;

const aLine = () => ({
  at: new Date().toISOString(),
  callId: 'call',
  actor: 'admin',
  action: 'putBrand',
  brand: 'acme',
  claimId: null,
  outcome: 'done' as const,
  details: {},
});

onPostgres((kind) => {
  let store: Store;
  let other: Client;
  let proxy: StallingProxy;

  beforeEach(async () => {
    const { url = '' } = await kind.fresh();
    other = new Client({ connectionString: url });
    await other.connect();
    proxy = await startStallingProxy(url);
    const database = await openPostgres(proxy.url, STATEMENT_MS);
    await migrate(database);
    store = createStore(database, vault);
    await store.audit.append(aLine());
  });
  afterEach(async () => {
    await other.end();
    await store.close();
    proxy.stop();
  });

  /** Another process has the row that every line of the audit log needs. */
  const holdAudit = async (): Promise<void> => {
    await other.query('begin');
    await other.query('select * from audit_end for update');
  };

  test('what is said to be stored after a transaction ran out of time is there for everybody', async () => {
    await holdAudit();
    await expect(store.audit.append(aLine())).rejects.toThrow();
    await other.query('rollback');
    await Promise.all(Array.from({ length: MORE_THAN_A_POOL }, () => store.deliveries.record(aDelivery())));
    const { rows } = await other.query('select count(*)::int as n from deliveries');
    expect(rows).toEqual([{ n: MORE_THAN_A_POOL }]);
  });

  test('a connection that breaks in a transaction fails that transaction, and nothing else', async () => {
    await holdAudit();
    const append = store.audit.append(aLine());
    append.catch(() => undefined);
    await until('a transaction that waits', async () => {
      const { rowCount } = await other.query(
        `select 1 from pg_stat_activity where application_name = 'claimkeeper' and wait_event_type = 'Lock'`,
      );
      return rowCount === 1;
    });
    await other.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'claimkeeper' and datname = current_database()`,
    );
    await expect(append).rejects.toThrow();
    await other.query('rollback');
    await store.audit.append(aLine());
  });

  test('transactions that a stalled server did not even begin leave the pool as it was', async () => {
    await Promise.all(Array.from({ length: MORE_THAN_A_POOL }, () => store.audit.append(aLine())));
    proxy.stall();
    const stalled = await Promise.allSettled(
      Array.from({ length: MORE_THAN_A_POOL }, () => store.audit.append(aLine())),
    );
    expect(stalled.every(({ status }) => status === 'rejected')).toBe(true);
    proxy.goOn();
    await wait(50);
    for (let n = 0; n < MORE_THAN_A_POOL; n++) await store.deliveries.record(aDelivery());
    await store.audit.append(aLine());
  });
});
