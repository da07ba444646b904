import { fileClaim, postMessage } from '../measure/claim';
import { klaimsOf } from '../measure/klaims';
import { type Row } from '../row';
import { startStage } from '../site/brand';
import { databasesOn } from '../site/database';

const MESSAGES = 24;

/** The time of one write is that of a message which comes alone, from the shopper to the Klaim. */
export const burst: Row = {
  name: 'burst',
  what: '24 messages at once on one claim',
  budgets: [
    { of: 'Klaim writes', atMost: 3 },
    { of: 'last message ÷ a message alone', atMost: 2 },
  ],
  async prepare(site) {
    const stage = await startStage(site, await (await databasesOn(site))());
    const klaims = klaimsOf(site, stage);
    return async () => {
      const { claimId } = await fileClaim(stage, klaims);
      const post = async (): Promise<number> => {
        const since = Date.now();
        return (await postMessage(stage, klaims, claimId)).at - since;
      };
      const alone = await post();
      const before = klaims.writes(claimId);
      const times = await Promise.all(Array.from({ length: MESSAGES }, post));
      const last = Math.max(...times);
      return {
        'Klaim writes': klaims.writes(claimId) - before,
        'last message ÷ a message alone': last / alone,
        'last message ms': last,
        'a message alone ms': alone,
      };
    };
  },
};
