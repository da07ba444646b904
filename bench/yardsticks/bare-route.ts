import { join } from 'node:path';
import { freePort } from '../../sandbox/temporal-server/port';
import { type SiteDatabase } from '../site/database';
import { startProcess } from '../site/processes';
import { type Site } from '../site/site';

/** Starts the bare Express route on the product's database (beside it where that is for one process); its address. */
export async function startBareRoute(site: Site, { url, dataDir }: SiteDatabase): Promise<string> {
  const port = await freePort();
  const args = [url ?? join(dataDir, 'bare'), String(port)];
  await startProcess(site, { file: 'bench/yardsticks/express-insert.js', args, readyLine: 'bare route listens' });
  return `http://127.0.0.1:${port}`;
}
