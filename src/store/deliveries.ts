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

/** What came of storing a delivery: its id, or that of the first one that it repeats. */
export interface Recorded {
  deliveryId: string;
  duplicate: boolean;
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
  /**
   * Stores in one insert, which it may share with others that come at the same time; a repeat stores nothing and gives the first
   * one's id. Resolves when it is on disk. A new pending one wakes the listeners, here and in other processes.
   */
  record(delivery: NewDelivery): Promise<Recorded>;
  /**
   * Takes up to `limit` pending deliveries that are due, in order of arrival, for `seconds`; after that others may take them
   * again. One that cannot be decrypted goes into quarantine and is not given out; the next takes its place.
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
  /** How much is pending, counted up to 100,000, and how long the oldest of it has been. */
  backlog(): Promise<{ pending: number; oldestSeconds: number }>;
  /** Newest first, 50 to a page. @throws UnknownCursor */
  list(brand: string, filter: { status?: DeliveryStatus; cursor?: string }): Promise<Page<DeliverySummary>>;
  /** Makes a delivery of any status pending and due, unless its body was erased; `unknown` when the brand has none with this id. */
  replay(brand: string, deliveryId: string): Promise<'replayed' | 'erased' | 'unknown'>;
  /** Makes all that are in quarantine pending and due, in small steps; how many. Those whose bodies were erased stay. */
  replayQuarantined(brand: string): Promise<number>;
  /** The brands, whether they still exist or not, of which there are bodies that `eraseBodies` may erase. */
  brandsWithBodies(): Promise<string[]>;
  /** Erases bodies that came before a time and are not pending, some hundred in one call; how many, 0 when there are no more. All else of a delivery stays. */
  eraseBodies(brand: string, before: string): Promise<number>;
  /** Calls `listener` when something new may be pending, at once and from any process; it may be called in vain, and a lost notice is possible: sweep now and then. */
  onArrival(listener: () => void): () => void;
}
