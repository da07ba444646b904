import { z } from 'zod';

import type { Command } from './command';

/** How a brand answers: by itself, when a test says so, always no, or never. */
export const Policy = z.strictObject({
  answer: z.enum(['auto', 'manual', 'decline', 'never']),
  /** Between the command and the first callback. */
  delayMs: z.int().nonnegative().default(0),
  reason: z.string().default('out of stock'),
});
export type Policy = z.output<typeof Policy>;

/** One request that came to `/commands`. */
export interface Delivery {
  readonly at: string;
  readonly webhookId: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: string;
  readonly verified: boolean;
  /** Came before with this `webhook-id`. */
  readonly duplicate: boolean;
  /** The command, or why it is none. */
  readonly body: Command | null;
  readonly problem: string | null;
}

/** Money or goods that moved. There is never a second one of a `webhookId`. */
export interface Act {
  readonly at: string;
  readonly webhookId: string;
  readonly what: 'refunded' | 'reshipped' | 'billed' | 'premiumReturned';
  readonly claimId: string | null;
  readonly amount: { readonly amount: string; readonly currency: string } | null;
  readonly reshipOrderId: string | null;
}

export interface Callback {
  readonly n: number;
  readonly claimId: string;
  readonly resolutionId: string;
  readonly url: string;
  readonly body: unknown;
  /** `refused` by a 4xx, which a repeat would not change. */
  state: 'pending' | 'accepted' | 'refused';
  nextAt: number;
  attempts: { at: string; answer: number | string; body?: unknown }[];
}

export interface BrandBackendState {
  counter: number;
  deliveries: Delivery[];
  acts: Act[];
  callbacks: Callback[];
  /** By claim id. */
  policies: Record<string, Policy>;
}

export const freshState = (): BrandBackendState => ({
  counter: 0,
  deliveries: [],
  acts: [],
  callbacks: [],
  policies: {},
});
