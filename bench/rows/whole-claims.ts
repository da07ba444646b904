import { claimWorkflowId } from '../../src/claims/workflow-id';
import { fileClaim, settle } from '../measure/claim';
import { activitiesPerSignal, historyOf } from '../measure/history';
import { klaimsOf } from '../measure/klaims';
import { load } from '../measure/load';
import { type Row } from '../row';
import { startStage } from '../site/brand';
import { databasesOn } from '../site/database';
import { cpuTimeOf } from '../site/processes';
import { clientOn } from '../site/temporal';
import { startBareClaims } from '../yardsticks/bare-claims';

/** Claims under way at once. */
const AT_ONCE = 32;

/** The bare workflow has as many activities and signals as a claim was seen to have; it calls nobody and stores nothing. */
export const wholeClaims: Row = {
  name: 'whole-claims',
  what: 'claims that are filed, approved, answered and reported',
  budgets: [{ of: 'rate ÷ bare workflows', atLeast: 0.9 }],
  async prepare(site) {
    const stage = await startStage(site, await (await databasesOn(site))());
    const klaims = klaimsOf(site, stage);
    const client = await clientOn(site, stage.temporalAddress);
    const liveBare = await startBareClaims(site, client, stage.temporalAddress);
    const { worker } = stage.product;
    if (worker === null) throw new Error('nobody works');
    const calls = site.amount(160, 4);
    const live = async (): Promise<string> => {
      const { claimId } = await fileClaim(stage, klaims);
      await settle(stage, klaims, claimId);
      return claimId;
    };
    const first = await live();
    const stages = activitiesPerSignal(await historyOf(client, claimWorkflowId(stage.addresses.brand, first)));
    return async () => {
      const bare = await load({ callers: AT_ONCE, calls, call: () => liveBare(stages) });
      const before = await cpuTimeOf(worker.pid);
      const ours = await load({ callers: AT_ONCE, calls, call: () => live().then(() => undefined) });
      const workerCpuMs = (await cpuTimeOf(worker.pid)) - before;
      return {
        'rate ÷ bare workflows': ours.rate / bare.rate,
        'claims/s': ours.rate,
        'p50 ms': ours.p50,
        'p99 ms': ours.p99,
        'bare workflows/s': bare.rate,
        'worker CPU ms of a claim': workerCpuMs / calls,
        'activities of a claim': stages.reduce((total, count) => total + count, 0),
      };
    };
  },
};
