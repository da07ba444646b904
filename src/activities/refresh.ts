import { type Store } from '../store/store';
import { type RefreshActivities } from './contract';

/** A brand's open claims, as Temporal lists them. `page` is a `next` of before; null begins. */
export interface OpenClaims {
  page(brand: string, page: string | null, size: number): Promise<{ claimIds: string[]; next: string | null }>;
  /** A claim that has completed meanwhile needs no telling. */
  tellMapping(brand: string, claimId: string, version: number): Promise<void>;
}

const PAGE_SIZE = 10;
/** Requests that one written Klaim takes, and the part of the brand's requests that writing anew may take. */
const REQUESTS = 4;
const SHARE = 1 / 4;

/** Bringing open claims up to date with the brand's mapping. A repeat tells the same again, which claims notice. */
export function createRefreshActivities(store: Store, openClaims: OpenClaims): RefreshActivities {
  return {
    async refreshKlaims({ brand, page }) {
      const settings = (await store.brands.get(brand))?.kustomer;
      if (settings == null) return { next: null, restMs: 0 };
      const { claimIds, next } = await openClaims.page(brand, page, PAGE_SIZE);
      for (const claimId of claimIds) await openClaims.tellMapping(brand, claimId, settings.mappingVersion);
      const perMinute = (settings.requestsPerMinute * SHARE) / REQUESTS;
      return { next, restMs: Math.ceil((claimIds.length * 60_000) / perMinute) };
    },
  };
}
