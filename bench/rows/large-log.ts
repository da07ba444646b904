import { callerOn } from '../measure/http';
import { load } from '../measure/load';
import { newWebhook } from '../measure/webhooks';
import { type Row } from '../row';
import { startDoor } from '../site/brand';
import { databasesOn } from '../site/database';
import { fillLog } from '../site/fill-log';
import { SENDERS } from './webhook';

const DELIVERIES = 1_000_000;

/** The yardstick is the same service with an empty log. */
export const largeLog: Row = {
  name: 'large-log',
  what: 'answer to a webhook with 1,000,000 deliveries in the log',
  budgets: [{ of: 'rate ÷ empty log', atLeast: 0.9 }],
  async prepare(site) {
    const newDatabase = await databasesOn(site);
    const [small, large] = [await newDatabase(), await newDatabase()];
    await fillLog(large, site.amount(DELIVERIES, 1_000));
    const [brandOfSmall, brandOfLarge] = [await startDoor(site, small), await startDoor(site, large)];
    const call = callerOn(site);
    const calls = site.amount(10_000, 100);
    return async () => {
      const empty = await load({ callers: SENDERS, calls, call: () => call(newWebhook(brandOfSmall)) });
      const full = await load({ callers: SENDERS, calls, call: () => call(newWebhook(brandOfLarge)) });
      return {
        'rate ÷ empty log': full.rate / empty.rate,
        'calls/s': full.rate,
        'p99 ms': full.p99,
        'empty log calls/s': empty.rate,
        'empty log p99 ms': empty.p99,
      };
    };
  },
};
