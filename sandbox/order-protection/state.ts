import type { OrderBody } from './order-body';
import type { Details } from './wire';

export interface Store {
  readonly id: string;
  apiToken: string;
  revoked: boolean;
  /** Null until the store has registered where its webhooks go. */
  webhook: { url: string; secret: string; dialect: 'reference' | 'developer' } | null;
}

export interface Order {
  readonly id: string;
  readonly storeId: string;
  readonly sourceOrderId: string;
  fields: OrderBody;
  policyCancelledAt: string | null;
  readonly createdAt: string;
  updatedAt: string;
}

export interface Resolution {
  readonly id: string;
  /** REFUND, RESHIP, …: an open list. */
  readonly type: string;
  readonly details: Details;
  readonly createdAt: string;
  /** When another decision took its place. */
  deletedAt: string | null;
  /** What the brand reported, once it has. */
  report: { key: string | null; body: ReportedValues } | null;
}

export interface ReportedValues {
  readonly type: string;
  readonly reshipmentSourceOrderId?: string | undefined;
  readonly refundId?: string | undefined;
  /** A decimal without trailing zeros. */
  readonly amount?: string | undefined;
  readonly currency?: string | undefined;
}

export interface Message {
  readonly id: string;
  readonly text: string;
  readonly sender: string;
  readonly authorName: string;
  readonly medias: readonly string[];
  readonly createdAt: string;
}

export interface Claim {
  readonly id: string;
  readonly storeId: string;
  readonly orderId: string;
  readonly sourceOrderId: string;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly description: string | null;
  readonly type: string | null;
  readonly requestedResolution: string | null;
  readonly filedFrom: string;
  readonly items: readonly { id: string; itemId: string; quantity: number }[];
  readonly createdAt: string;
  state: string;
  updatedAt: string;
  resolutionDate: string | null;
  messages: Message[];
  resolutions: Resolution[];
}

/** A claim and what REST goes on showing of it for a while: before each recent change, until when. */
export interface ClaimRecord {
  readonly claim: Claim;
  before: { until: number; claim: Claim | null }[];
}

export interface Delivery {
  readonly n: number;
  readonly storeId: string;
  readonly topic: string;
  readonly claimId: string | null;
  /** Another secret than the store's. */
  readonly secret: string | null;
  body: string;
  state: 'held' | 'pending' | 'delivered' | 'dropped' | 'givenUp';
  nextAt: number;
  /** What was answered: a status, or why there was none. */
  attempts: { at: string; answer: number | string }[];
}

export interface Report {
  readonly at: string;
  readonly via: 'http' | 'orders';
  readonly claimId: string;
  readonly idempotencyKey: string | null;
  readonly body: unknown;
  readonly status: number;
}

export interface OrderProtectionState {
  counter: number;
  stores: Store[];
  orders: Order[];
  claims: ClaimRecord[];
  deliveries: Delivery[];
  reports: Report[];
}

export const freshState = (): OrderProtectionState => ({
  counter: 0,
  stores: [],
  orders: [],
  claims: [],
  deliveries: [],
  reports: [],
});
