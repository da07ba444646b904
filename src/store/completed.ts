import { type Page } from './deliveries';

/** A claim that ended. `state` is JSON and is sealed; the rest can be searched and holds nothing of the customer. */
export interface CompletedClaim {
  brand: string;
  claimId: string;
  phase: string;
  attention: string;
  source: string;
  orderId: string | null;
  state: string;
  completedAt: string;
}

export type CompletedSummary = Omit<CompletedClaim, 'brand' | 'state'>;

/** The final states of claims whose workflow has completed. */
export interface CompletedStore {
  /** Replaces an older one. */
  save(claim: CompletedClaim): Promise<void>;
  /** The state (JSON), or `null`. */
  get(brand: string, claimId: string): Promise<string | null>;
  /** Newest first, 50 to a page; `order` is the `orderId`. @throws UnknownCursor */
  list(brand: string, filter: { phase?: string; attention?: string; order?: string; cursor?: string }): Promise<Page<CompletedSummary>>;
}
