import { fileClaim } from '../measure/claim';
import { klaimsOf } from '../measure/klaims';
import { type Row } from '../row';
import { startStage, type Stage } from '../site/brand';
import { databasesOn } from '../site/database';
import { COLLECTS_GARBAGE, memoryAtRest } from '../site/processes';

const AT_ONCE = 16;
/** What a process is at before any claim does not count: code is compiled by the first ones. */
const FIRST = 100;

/** What the worker's process grows by for each claim that it keeps and that waits. */
export const memory: Row = {
  name: 'memory',
  what: 'memory of a claim that waits in the worker’s cache',
  budgets: [{ of: 'MB of a claim', atMost: 0.25 }],
  mostRounds: 3,
  async prepare(site) {
    const stage = await startStage(site, await (await databasesOn(site))(), COLLECTS_GARBAGE);
    const klaims = klaimsOf(site, stage);
    const file = async (count: number): Promise<number> => {
      let left = count;
      const work = async (): Promise<void> => {
        while (left-- > 0) await fileClaim(stage, klaims);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      return megabytesOf(stage);
    };
    await file(site.amount(FIRST, 4));
    const count = site.amount(300, 8);
    return async () => {
      const before = await megabytesOf(stage);
      const after = await file(count);
      return { 'MB of a claim': (after - before) / count, 'MB of the worker': after };
    };
  },
};

async function megabytesOf({ product: { worker } }: Stage): Promise<number> {
  if (worker === null) throw new Error('nobody works');
  return (await memoryAtRest(worker)) / 1024 ** 2;
}
