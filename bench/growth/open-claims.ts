import { databasesOn } from '../site/database';
import { type Axis } from './axis';
import { fileClaims, inTurn, startGround } from './ground';

/** Messages come for the claims that have waited longest: a worker that cannot keep them all has let go of those. */
export const openClaims: Axis = {
  name: 'open-claims',
  what: 'open claims',
  sizes: [25, 250, 2_500],
  async prepare(site, size) {
    const ground = await startGround(site, await (await databasesOn(site))());
    const { stage, first } = ground;
    const more = await fileClaims(ground, stage, Math.max(0, size - first.length));
    const next = inTurn([...more, ...first]);
    return { ground, brands: [stage], nextClaims: async (count) => next(count) };
  },
};
