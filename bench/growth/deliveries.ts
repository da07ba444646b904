import { databasesOn } from '../site/database';
import { fillLog } from '../site/fill-log';
import { type Axis } from './axis';
import { inTurn, startGround } from './ground';

export const deliveries: Axis = {
  name: 'deliveries',
  what: 'deliveries in the intake log',
  sizes: [10_000, 100_000, 1_000_000],
  async prepare(site, size) {
    const database = await (await databasesOn(site))();
    await fillLog(database, size);
    const ground = await startGround(site, database);
    const next = inTurn(ground.first);
    return { ground, brands: [ground.stage], nextClaims: async (count) => next(count) };
  },
};
