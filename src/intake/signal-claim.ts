import { type Completion } from '../claims/answer';
import { type ClaimEvent } from '../claims/event';
import { type ProtectionEvent } from '../claims/protection';

/**
 * How stored deliveries reach their workflows. Each call resolves only when Temporal has the signal for good, may be repeated
 * (events are deduped by their key), and gives up by itself well within {@link LEASE_SECONDS}.
 * All throw `TemporalUnavailable` when the server cannot be reached, and anything else when it refuses this one.
 */
export interface SignalClaim {
  signalEvent(brand: string, event: ClaimEvent): Promise<void>;
  signalCompletion(brand: string, claimId: string, completion: Completion): Promise<void>;
  /** Has the brand's open claims told of its mapping. */
  refreshKlaims(brand: string): Promise<void>;
  startProtection(brand: string, protection: ProtectionEvent): Promise<void>;
}

/** How long a leased delivery belongs to one dispatcher. A dead one's deliveries are taken over after that. */
export const LEASE_SECONDS = 15;
