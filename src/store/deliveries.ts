import { type Page } from './page';

export const DELIVERY_STATUSES = ['pending', 'delivered', 'ignored', 'quarantined'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What was received, as it is stored. `dedupeKey` is the same for a repeat, per brand and source. */
export interface NewDelivery {
  brand: string;
  source: string;
  topic: string;
  dedupeKey: string;
  claimId: string | null;
  body: string;
  status: Exclude<DeliveryStatus, 'delivered'>;
  error: string | null;
}

/** A delivery leased for signalling. `attempts` counts this lease. */
export interface Delivery {
  deliveryId: string;
  brand: string;
  source: string;
  topic: string;
  claimId: string | null;
  body: string;
  receivedAt: string;
  attempts: number;
}

/** A line of the intake log. */
export interface DeliverySummary {
  id: string;
  source: string;
  topic: string;
  claimId: string | null;
  status: DeliveryStatus;
  error: string | null;
  receivedAt: string;
}

/** The intake log: what was received, and whether Temporal has it. */
export interface DeliveryStore {
  /** Stores in one insert; a repeat stores nothing and gives the first one's id. A new pending one wakes the listeners, here and in other processes. */
  record(delivery: NewDelivery): Promise<{ deliveryId: string; duplicate: boolean }>;
  /**
   * Takes up to `limit` pending deliveries that are due, in order of arrival, for `seconds`; after that others may take them
   * again. One that cannot be decrypted goes into quarantine and is not given out.
   */
  lease(options: { limit: number; seconds: number }): Promise<Delivery[]>;
  /** Temporal has it. */
  delivered(deliveryId: string, claimId: string | null): Promise<void>;
  /** It is known and not used: kept. */
  ignore(deliveryId: string): Promise<void>;
  /** It cannot be understood: kept, with the reason, until it is replayed. */
  quarantine(deliveryId: string, error: string): Promise<void>;
  /** Temporal did not take it: due again after `seconds`. */
  postpone(deliveryId: string, error: string, seconds: number): Promise<void>;
  /** Newest first, 50 to a page. @throws UnknownCursor */
  list(brand: string, filter: { status?: DeliveryStatus; cursor?: string }): Promise<Page<DeliverySummary>>;
  /** Makes a delivery of any status pending and due; `false` when the brand has none with this id. */
  replay(brand: string, deliveryId: string): Promise<boolean>;
  /** Calls `listener` when something new may be pending, at once and from any process; it may be called in vain, and a lost notice is possible: sweep now and then. */
  onArrival(listener: () => void): () => void;
}
