import { claimWorkflowId } from '../../src/claims/workflow-id';
import { fileClaim, postMessage } from '../measure/claim';
import { eventsSoFar } from '../measure/history';
import { klaimsOf } from '../measure/klaims';
import { type Row } from '../row';
import { liftUpdateLimit, startStage } from '../site/brand';
import { databasesOn } from '../site/database';
import { cpuTimeOf } from '../site/processes';
import { clientOn } from '../site/temporal';

/** Each figure is the mean of so many messages. */
const MEAN_OF = 100;
const EARLY = 20;
const LATE = 2_000;

/** Messages come one after the other: each is seen in Kustomer before the next is written. */
export const manyMessages: Row = {
  name: 'many-messages',
  what: 'message 2,000 on one claim beside message 20',
  budgets: [
    { of: 'events, late ÷ early', atMost: 1.1 },
    { of: 'worker CPU, late ÷ early', atMost: 1.1 },
  ],
  mostRounds: 1,
  async prepare(site) {
    const stage = await startStage(site, await (await databasesOn(site))());
    await liftUpdateLimit(stage);
    const klaims = klaimsOf(site, stage);
    const client = await clientOn(site, stage.temporalAddress);
    const [meanOf, late] = [site.amount(MEAN_OF, 4), site.amount(LATE, 40)];
    return async () => {
      const { claimId } = await fileClaim(stage, klaims);
      const workflowId = claimWorkflowId(stage.addresses.brand, claimId);
      const post = async (messages: number): Promise<void> => {
        for (let left = messages; left > 0; left--) await postMessage(stage, klaims, claimId);
      };
      const costOf = async (messages: number): Promise<{ events: number; cpuMs: number }> => {
        const look = async () =>
          [await eventsSoFar(client, workflowId), await cpuTimeOf(stage.product.worker?.pid ?? 0)] as const;
        const [eventsBefore, cpuBefore] = await look();
        await post(messages);
        const [events, cpu] = await look();
        return { events: (events - eventsBefore) / messages, cpuMs: (cpu - cpuBefore) / messages };
      };
      await post(site.amount(EARLY, 4));
      const early = await costOf(meanOf);
      await post(late - site.amount(EARLY, 4) - 2 * meanOf);
      const atLast = await costOf(meanOf);
      return {
        'events, late ÷ early': atLast.events / early.events,
        'worker CPU, late ÷ early': atLast.cpuMs / early.cpuMs,
        'events of a late message': atLast.events,
        'events of an early message': early.events,
        'worker CPU ms of a late message': atLast.cpuMs,
        'worker CPU ms of an early message': early.cpuMs,
      };
    };
  },
};
