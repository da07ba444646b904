import { callerOn } from '../measure/http';
import { load } from '../measure/load';
import { newWebhook } from '../measure/webhooks';
import { type Row } from '../row';
import { startDoor } from '../site/brand';
import { databasesOn } from '../site/database';
import { startBareRoute } from '../yardsticks/bare-route';
import { AGAINST_BARE_ROUTE, compared } from './compared';

export const SENDERS = 16;

/** The api process alone, as its promise is: Temporal is away, and what was taken waits in the log. */
export const webhook: Row = {
  name: 'webhook',
  what: 'answer to a webhook, 16 senders at once',
  budgets: AGAINST_BARE_ROUTE,
  async prepare(site) {
    const newDatabase = await databasesOn(site);
    const database = await newDatabase();
    const brand = await startDoor(site, database);
    const bare = await startBareRoute(site, database);
    const call = callerOn(site);
    const calls = site.amount(10_000, 100);
    return async () => {
      const theirs = await load({ callers: SENDERS, calls, call: () => call({ ...newWebhook(brand), url: bare }) });
      const ours = await load({ callers: SENDERS, calls, call: () => call(newWebhook(brand)) });
      return compared(ours, theirs);
    };
  },
};
