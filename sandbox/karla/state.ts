/** A brand's shop at Karla, and where its webhooks go. */
export interface Shop {
  readonly id: string;
  readonly slug: string;
  webhook: { url: string; secret: string } | null;
}

/** One claimed line. Karla knows no id of it. */
export interface SelectedItem {
  readonly sku: string | null;
  readonly title: string;
  readonly quantity: number;
  readonly image_urls: readonly string[];
}

/** A claim of Resolve, as `event_data` shows it, and what stands around it. */
export interface Claim {
  readonly claimId: string;
  readonly createdAt: string;
  updatedAt: string;
  status: string;
  reason: string;
  preference: string | null;
  description: string | null;
  items: readonly SelectedItem[];
  images: string[];
  readonly order: { readonly number: string; readonly externalId: string | null };
  readonly customer: { readonly email: string | null; readonly name: string | null };
}

export interface Delivery {
  readonly n: number;
  readonly ref: string;
  readonly claimId: string | null;
  readonly body: string;
  /** Another secret than the shop's; null for the shop's. */
  readonly secret: string | null;
  state: 'held' | 'pending' | 'delivered' | 'dropped' | 'givenUp';
  nextAt: number;
  /** What was answered: a status, or why there was none. */
  attempts: { at: string; answer: number | string }[];
}

export interface KarlaState {
  counter: number;
  shop: Shop | null;
  claims: Claim[];
  deliveries: Delivery[];
}

export const freshState = (): KarlaState => ({ counter: 0, shop: null, claims: [], deliveries: [] });
