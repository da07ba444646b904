import { setTimeout as wait } from 'node:timers/promises';
import { claimWorkflowId } from '../../src/claims/workflow-id';
import { fileClaim, postMessage, settle } from '../measure/claim';
import { actionsIn, historyOf } from '../measure/history';
import { klaimsOf } from '../measure/klaims';
import { type Row } from '../row';
import { startStage } from '../site/brand';
import { databasesOn } from '../site/database';
import { clientOn } from '../site/temporal';

const MESSAGES = 6;
/** After the last write the workflow takes note of it and sets its timer. */
const REST_MS = 1_000;

export const history: Row = {
  name: 'history',
  what: 'a whole claim with 6 messages in one burst, in Temporal',
  budgets: [
    { of: 'actions', atMost: 28 },
    { of: 'events', atMost: 110 },
  ],
  async prepare(site) {
    const stage = await startStage(site, await (await databasesOn(site))());
    const klaims = klaimsOf(site, stage);
    const client = await clientOn(site, stage.temporalAddress);
    return async () => {
      const requestsBefore = stage.kustomer.requests().length;
      const { claimId } = await fileClaim(stage, klaims);
      await Promise.all(Array.from({ length: MESSAGES }, () => postMessage(stage, klaims, claimId)));
      await settle(stage, klaims, claimId);
      await wait(REST_MS);
      const events = await historyOf(client, claimWorkflowId(stage.addresses.brand, claimId));
      return {
        actions: actionsIn(events),
        events: events.length,
        'Klaim writes': klaims.writes(claimId),
        'requests to Kustomer': stage.kustomer.requests().length - requestsBefore,
      };
    };
  },
};
