import { sql } from 'drizzle-orm';
import { DEMO } from '../../sandbox/onboard';
import { openDatabase } from '../../src/store/database';
import { callerOn } from '../measure/http';
import { load } from '../measure/load';
import { newWebhook } from '../measure/webhooks';
import { type Row } from '../row';
import { startDoor } from '../site/brand';
import { databasesOn, type SiteDatabase } from '../site/database';
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
    await fill(large, site.amount(DELIVERIES, 1_000));
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

/** Delivered webhooks of the usual size. What was sealed into them is not read again. */
async function fill({ url, dataDir }: SiteDatabase, count: number): Promise<void> {
  const database = await openDatabase({ url, dataDir });
  try {
    await database.sql.execute(sql`
      insert into deliveries (brand, source, topic, dedupe_key, claim_id, body, status, attempts)
      select ${DEMO.brand}, 'order-protection', 'message.created', md5(n::text), md5((n / 4)::text),
             decode(repeat(md5(n::text), 20), 'hex'), 'delivered', 1
      from generate_series(1, ${count}::integer) as n`);
    await database.sql.execute(sql`vacuum analyze deliveries`);
  } finally {
    await database.close();
  }
}
