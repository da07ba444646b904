import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { type Pool } from 'pg';

/**
 * Drizzle over a pool, with transactions on connections that go back to the pool only when all went well. One whose transaction
 * failed may still have it open, or be broken: whoever came next would be told that something is stored which is then rolled back.
 */
export function pooled(pool: Pool): NodePgDatabase {
  const sql = drizzle(pool);
  const transaction: NodePgDatabase['transaction'] = async (work, config) => {
    const client = await pool.connect();
    // The statement under way tells of a connection that breaks; without a listener it would end the process as well.
    const ignore = (): void => undefined;
    client.on('error', ignore);
    let isSound = false;
    try {
      const result = await drizzle(client).transaction(work, config);
      isSound = true;
      return result;
    } finally {
      if (isSound) client.off('error', ignore);
      client.release(!isSound);
    }
  };
  return Object.assign(sql, { transaction });
}
