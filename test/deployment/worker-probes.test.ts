import { freePort } from '../../sandbox/temporal-server/port';
import { loadConfig } from '../../src/config';
import { createLog } from '../../src/log';
import { startService } from '../../src/service';
import { ADMIN } from '../api/running-api';
import { onPostgres, openForTest } from '../support/databases';
import { logTemporalOnce } from '../support/service';

/** Nobody listens there: Temporal is down. */
const NOWHERE = '127.0.0.1:1';

onPostgres((kind) => {
  test('a process that only works answers probes and scrapes where it is told to, and nothing else', async () => {
    const options = await kind.fresh();
    await (await openForTest(options)).migrate();
    const port = await freePort();
    logTemporalOnce();
    const service = await startService({
      config: loadConfig({
        DATABASE_URL: options.url,
        CLAIMKEEPER_MASTER_KEYS: Buffer.alloc(32, 7).toString('base64'),
        CLAIMKEEPER_ADMIN_TOKEN: ADMIN,
        CLAIMKEEPER_PUBLIC_URL: 'http://127.0.0.1',
        CLAIMKEEPER_WORKER_PORT: String(port),
      }),
      temporal: { connectionOptions: { address: NOWHERE } },
      roles: { api: false, worker: true },
      log: createLog('silent'),
      workflowBundle: { codePath: 'not needed before Temporal is there' },
    });
    const ask = async (path: string, method = 'GET') => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
      return { status: answer.status, text: await answer.text() };
    };
    expect(await ask('/healthz')).toEqual({ status: 200, text: '{"status":"up"}' });
    expect(await ask('/readyz')).toEqual({ status: 503, text: '{"status":"not ready","failing":["temporal"]}' });
    const metrics = await ask('/metrics');
    expect([metrics.status, metrics.text]).toEqual([200, expect.stringContaining('claimkeeper_build_info')]);
    expect(metrics.text).not.toContain('claimkeeper_pending_deliveries');
    for (const path of ['/v1/brands', '/constructor', '/']) expect((await ask(path)).status).toBe(404);
    expect((await ask('/healthz', 'POST')).status).toBe(404);
    await service.stop();
  });
});
