import { claimWorkflowId } from '../../src/claims/workflow-id';
import { postMessage } from '../measure/claim';
import { eventsAtRest } from '../measure/history';
import { callerOn } from '../measure/http';
import { load, percentilesOf, type Load } from '../measure/load';
import { shipmentWebhook } from '../measure/webhooks';
import { type Sample } from '../row';
import { SENDERS } from '../rows/webhook';
import { cpuTimeOf, memoryAtRest } from '../site/processes';
import { type Site } from '../site/site';
import { clientOn } from '../site/temporal';
import { type Grown } from './axis';
import { type Claim, type Ground } from './ground';

const WEBHOOKS = 5_000;
/** Before the first that count: code is compiled by them. */
const WARM_UP_WEBHOOKS = 3_000;
const MESSAGES = 20;
/** After so many, memory no longer falls. */
const COLLECTIONS = 5;

/** What is measured at every size: memory once, when the work is there, and the rest in each round. */
export async function measured(site: Site, { ground, brands, nextClaims }: Grown): Promise<() => Promise<Sample>> {
  const { stage, worker } = ground;
  const client = await clientOn(site, stage.temporalAddress);
  const call = callerOn(site);
  const knock = (webhooks: number): Promise<Load> =>
    load({
      callers: SENDERS,
      calls: site.amount(webhooks, 100),
      call: (n) => call(shipmentWebhook(brands[n % brands.length] ?? stage)),
    });
  await knock(WARM_UP_WEBHOOKS);
  const memory = await memoryAtRest(worker, Math.min(COLLECTIONS, site.amount(COLLECTIONS)));
  return async () => {
    const door = await knock(WEBHOOKS);
    const claims = await nextClaims(site.amount(MESSAGES, 2));
    const workflowIds = [...new Set(claims.map(({ brand, claimId }) => claimWorkflowId(brand, claimId)))];
    const [eventsBefore, cpuBefore] = [await eventsAtRest(client, workflowIds), await cpuTimeOf(worker.pid)];
    const times = percentilesOf(await postAll(ground, claims));
    const [events, cpu] = [await eventsAtRest(client, workflowIds), await cpuTimeOf(worker.pid)];
    return {
      'webhooks/s': door.rate,
      'webhook p99 ms': door.p99,
      'message to Klaim p50 ms': times.p50,
      'message to Klaim p99 ms': times.p99,
      'events of a message': (events - eventsBefore) / claims.length,
      'worker CPU ms of a message': (cpu - cpuBefore) / claims.length,
      'worker MB': memory / 1024 ** 2,
    };
  };
}

/** A message on each, one after the other; milliseconds from the shopper to the Klaim. */
async function postAll({ stage, klaims }: Ground, claims: readonly Claim[]): Promise<number[]> {
  const times: number[] = [];
  for (const { claimId } of claims) {
    const since = Date.now();
    times.push((await postMessage(stage, klaims, claimId)).at - since);
  }
  return times;
}
