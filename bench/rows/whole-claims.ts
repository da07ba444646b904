import { DEMO, KUSTOMER_REQUESTS_PER_MINUTE, kustomerSection, onboard } from '../../sandbox/onboard';
import { claimWorkflowId } from '../../src/claims/workflow-id';
import { fileClaim, settle } from '../measure/claim';
import { activitiesPerSignal, historyOf } from '../measure/history';
import { klaimsOf } from '../measure/klaims';
import { load, type Load } from '../measure/load';
import { type Row } from '../row';
import { startStage, type Stage } from '../site/brand';
import { databasesOn } from '../site/database';
import { cpuTimeOf } from '../site/processes';
import { clientOn } from '../site/temporal';
import { startBareClaims } from '../yardsticks/bare-claims';

/** Claims under way at once. */
const AT_ONCE = 32;

/** As many as the simulator's org takes: then it is the machine that bounds the rate. */
const WIDE_REQUESTS_PER_MINUTE = 2 * KUSTOMER_REQUESTS_PER_MINUTE;

/** The bare workflow has as many activities and signals as a claim was seen to have; it calls nobody and stores nothing. */
export const wholeClaims: Row = {
  name: 'whole-claims',
  what: 'claims that are filed, approved, answered and reported',
  budgets: [{ of: 'rate ÷ bare workflows', atLeast: 0.9 }],
  mostRounds: 3,
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
    const liveAll = (): Promise<Load> => load({ callers: AT_ONCE, calls, call: () => live().then(() => undefined) });
    return async () => {
      const bare = await load({ callers: AT_ONCE, calls, call: () => liveBare(stages) });
      const [cpuBefore, requestsBefore] = [await cpuTimeOf(worker.pid), stage.kustomer.requests().length];
      const ours = await liveAll();
      const workerCpuMs = (await cpuTimeOf(worker.pid)) - cpuBefore;
      const requests = (stage.kustomer.requests().length - requestsBefore) / calls;
      await allow(stage, WIDE_REQUESTS_PER_MINUTE);
      const wide = await liveAll();
      await allow(stage, KUSTOMER_REQUESTS_PER_MINUTE);
      return {
        'rate ÷ bare workflows': ours.rate / bare.rate,
        'claims/s': ours.rate,
        'claims/s that Kustomer’s limit allows': KUSTOMER_REQUESTS_PER_MINUTE / 60 / requests,
        'claims/s at twice that limit': wide.rate,
        'p50 ms': ours.p50,
        'p99 ms': ours.p99,
        'bare workflows/s': bare.rate,
        'worker CPU ms of a claim': workerCpuMs / calls,
        'requests to Kustomer of a claim': requests,
        'activities of a claim': stages.reduce((total, count) => total + count, 0),
      };
    };
  },
};

/** Gives the brand another share of its org's budget. */
async function allow({ addresses, secrets }: Stage, requestsPerMinute: number): Promise<void> {
  await onboard(addresses, secrets, { kustomer: kustomerSection(addresses, secrets, DEMO.org, requestsPerMinute) });
}
