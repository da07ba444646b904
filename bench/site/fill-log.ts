import { sql } from 'drizzle-orm';
import { DEMO } from '../../sandbox/onboard';
import { openDatabase } from '../../src/store/database';
import { type SiteDatabase } from './database';

/** Rows of one statement: well within the time that a statement may take. */
const BATCH = 50_000;

/** Puts delivered webhooks of the usual size into the intake log. What was sealed into them is not read again. */
export async function fillLog({ url, dataDir }: SiteDatabase, count: number): Promise<void> {
  const database = await openDatabase({ url, dataDir });
  try {
    for (let from = 1; from <= count; from += BATCH)
      await database.sql.execute(sql`
        insert into deliveries (brand, source, topic, dedupe_key, claim_id, body, status, attempts)
        select ${DEMO.brand}, 'order-protection', 'message.created', md5(n::text), md5((n / 4)::text),
               decode(repeat(md5(n::text), 20), 'hex'), 'delivered', 1
        from generate_series(${from}::integer, ${Math.min(count, from + BATCH - 1)}::integer) as n`);
    await database.sql.execute(sql`vacuum analyze deliveries`);
  } finally {
    await database.close();
  }
}
