import { type Attention } from '../claims/attention';
import {
  type ConfirmRuling,
  type CustomerRuling,
  type DeadlineRuling,
  type OverrideRuling,
  type ResolutionRuling,
  type Ruling,
} from '../claims/operate';
import { type NeutralClaim } from '../claims/neutral-claim';
import { type Phase } from '../claims/phase';
import { type ClaimListItem, type LinkedClaim } from '../claims/view';

/** An operator's update of a claim: the update's name in the workflow, and its argument. */
export type ClaimAction =
  | { update: 'retrySync' | 'hold' | 'release' | 'closeClaim'; argument: Ruling }
  | { update: 'confirmReport'; argument: ResolutionRuling }
  | { update: 'overrideResolution'; argument: OverrideRuling }
  | { update: 'extendDeadline'; argument: DeadlineRuling }
  | { update: 'relinkCustomer'; argument: CustomerRuling }
  | { update: 'confirmResolution'; argument: ConfirmRuling };

/** What came of an operator's update. `noWorker`: nobody answered within the deadline, so it is not known whether it was done. */
export type ActionOutcome =
  | { outcome: 'done'; claim: LinkedClaim }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'unknownClaim' }
  | { outcome: 'noWorker' };

/** What a list of claims is narrowed to. `order` is the shop's own order id; `cursor` is a `nextCursor` as it was given. */
export interface ClaimFilter {
  phase?: Phase;
  attention?: Attention;
  order?: string;
  cursor?: string;
}

export interface ClaimPage {
  items: ClaimListItem[];
  nextCursor: string | null;
}

/** The claims, as Temporal and the store of completed ones hold them. Every call throws `TemporalUnavailable` when Temporal cannot be asked. */
export interface Claims {
  /** `null` for a claim that was never heard of. */
  read(brand: string, claimId: string): Promise<LinkedClaim | null>;
  /** @throws UnknownCursor */
  list(brand: string, filter: ClaimFilter): Promise<ClaimPage>;
  act(brand: string, claimId: string, action: ClaimAction): Promise<ActionOutcome>;
  /** What a mapping can show of a claim; `null` for one that was never heard of. */
  neutral(brand: string, claimId: string): Promise<NeutralClaim | null>;
  /** Whether a claim of the brand has a run that is still going. */
  hasOpen(brand: string): Promise<boolean>;
  /** Resolves when Temporal answers. */
  ping(): Promise<void>;
}

/** A completed claim in a list. */
export interface CompletedItem {
  claimId: string;
  phase: string;
  attention: string;
  source: string;
  orderId: string | null;
}

/** Where completed claims are kept (src/store). */
export interface CompletedClaims {
  get(brand: string, claimId: string): Promise<string | null>;
  list(
    brand: string,
    filter: { phase?: string; attention?: string; order?: string; cursor?: string },
  ): Promise<{ items: CompletedItem[]; nextCursor: string | null }>;
}
