import { claimWorkflowId } from '../../src/claims/workflow-id';
import { fileClaim, postMessage } from '../measure/claim';
import { eventsAtRest } from '../measure/history';
import { databasesOn } from '../site/database';
import { clientOn } from '../site/temporal';
import { type Axis } from './axis';
import { inTurn, startGround, type Claim, type Ground } from './ground';

/** So many come at once, until all are there. */
const BURST = 100;

/** Each round has a claim of its own, which has had so many messages when the first that is measured comes. */
export const messages: Axis = {
  name: 'messages',
  what: 'messages on one claim',
  sizes: [20, 200, 2_000],
  async prepare(site, size) {
    const ground = await startGround(site, await (await databasesOn(site))());
    const { stage, klaims } = ground;
    const { brand } = stage.accounts;
    const client = await clientOn(site, stage.temporalAddress);
    const written: Claim[] = [];
    while (written.length < site.rounds) {
      const { claimId } = await fileClaim(stage, klaims);
      for (let left = size; left > 0; left -= BURST) await burst(ground, claimId, Math.min(left, BURST));
      await eventsAtRest(client, [claimWorkflowId(brand, claimId)]);
      written.push({ brand, claimId });
    }
    const next = inTurn(written);
    return {
      ground,
      brands: [stage],
      async nextClaims(count) {
        const [claim] = next(1);
        return Array.from({ length: count }, () => claim as Claim);
      },
    };
  },
};

/** A Klaim has no room for all of a burst, so only its last message is waited for. */
async function burst({ stage, klaims }: Ground, claimId: string, count: number): Promise<void> {
  for (let left = count - 1; left > 0; left--) await stage.orderProtection.postMessage(claimId, `Any news? ${left}`);
  await postMessage(stage, klaims, claimId);
}
