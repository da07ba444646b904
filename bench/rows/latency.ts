import { setTimeout as wait } from 'node:timers/promises';
import { fileClaim } from '../measure/claim';
import { klaimsOf } from '../measure/klaims';
import { percentilesOf } from '../measure/load';
import { type Row } from '../row';
import { startStage } from '../site/brand';
import { databasesOn } from '../site/database';

const EVERY_MS = 500;

/** Claims come at their own pace, however long each takes. */
export const latency: Row = {
  name: 'latency',
  what: 'webhook to Klaim at 2 claims a second',
  budgets: [{ of: 'p99 ms', atMost: 1_500 }],
  mostRounds: 3,
  async prepare(site) {
    const stage = await startStage(site, await (await databasesOn(site))());
    const klaims = klaimsOf(site, stage);
    const one = async (): Promise<number> => {
      const filedAt = Date.now();
      const { klaim } = await fileClaim(stage, klaims);
      return klaim.at - filedAt;
    };
    await one();
    return async () => {
      const times: Promise<number>[] = [];
      for (let left = site.amount(120, 4); left > 0; left--) {
        times.push(one());
        await wait(EVERY_MS);
      }
      const { p50, p99 } = percentilesOf(await Promise.all(times));
      return { 'p50 ms': p50, 'p99 ms': p99 };
    };
  },
};
