import { addBrand, type Brand } from '../site/brand';
import { databasesOn } from '../site/database';
import { type Axis } from './axis';
import { inTurn, fileClaims, startGround, type Claim } from './ground';

/** Webhooks and messages are spread over all brands: each has its part of the open claims, and at least one. */
export const brands: Axis = {
  name: 'brands',
  what: 'brands',
  sizes: [1, 10, 100],
  async prepare(site, size) {
    const ground = await startGround(site, await (await databasesOn(site))());
    const { stage, first } = ground;
    const ofEach = Math.ceil(first.length / size);
    const all: Brand[] = [stage];
    const claims: Claim[] = first.slice(0, ofEach);
    for (let number = 2; number <= size; number++) {
      const brand = await addBrand(stage, number);
      all.push(brand);
      claims.push(...(await fileClaims(ground, brand, ofEach)));
    }
    const next = inTurn(claims);
    return { ground, brands: all, nextClaims: async (count) => next(count) };
  },
};
