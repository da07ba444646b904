import { fileClaim, postMessage } from '../measure/claim';
import { klaimsOf, type Klaims } from '../measure/klaims';
import { load } from '../measure/load';
import { liftUpdateLimit, startStage, type Brand, type Stage } from '../site/brand';
import { type SiteDatabase } from '../site/database';
import { COLLECTS_GARBAGE, type RunningProcess } from '../site/processes';
import { type Site } from '../site/site';

/** An open claim. */
export interface Claim {
  brand: string;
  claimId: string;
}

/** The whole product, warm, with a few claims open: what every axis grows from. */
export interface Ground {
  stage: Stage;
  klaims: Klaims;
  worker: RunningProcess;
  /** The claims that are open from the start, oldest first. */
  first: readonly Claim[];
}

/** Claims that are open from the start. */
const FIRST = 25;
/** Code is compiled by the first messages: so many on each of the first claims. */
const WARM_UP_MESSAGES = 5;
const AT_ONCE = 16;
export async function startGround(site: Site, database: SiteDatabase): Promise<Ground> {
  const stage = await startStage(site, database, COLLECTS_GARBAGE);
  const { worker } = stage.product;
  if (worker === null) throw new Error('nobody works');
  await liftUpdateLimit(stage);
  const klaims = klaimsOf(site, stage);
  const first = await fileClaims({ stage, klaims }, stage, site.amount(FIRST, 2));
  for (let left = WARM_UP_MESSAGES; left > 0; left--)
    await Promise.all(first.map(({ claimId }) => postMessage(stage, klaims, claimId)));
  return { stage, klaims, worker, first };
}

/** Files so many claims of a brand; gives them as they came. */
export async function fileClaims(
  { stage, klaims }: Pick<Ground, 'stage' | 'klaims'>,
  { accounts: { brand, store } }: Brand,
  count: number,
): Promise<Claim[]> {
  const claims: Claim[] = [];
  const call = async (): Promise<void> => {
    const { claimId } = await fileClaim(stage, klaims, store);
    claims.push({ brand, claimId });
  };
  await load({ callers: AT_ONCE, calls: count, call });
  return claims;
}

/** Gives the next so many of these, over and over. */
export function inTurn<T>(all: readonly T[]): (count: number) => T[] {
  let next = 0;
  return (count) => Array.from({ length: count }, () => all[next++ % all.length] as T);
}
