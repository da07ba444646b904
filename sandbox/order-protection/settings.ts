import { z } from 'zod';

const Range = z.tuple([z.int().nonnegative(), z.int().nonnegative()]);
const Chance = z.number().min(0).max(1);

/** What Order Protection does where its documentation is silent. */
export const OrderProtectionSettings = z.strictObject({
  /** Per token; null for no limit. */
  requestsPerMinute: z.int().positive().nullable(),
  /** For how long, drawn from this range for each change, REST shows a claim as it was before (or not at all). */
  readLagMs: Range,
  /** Does the report route exist? It is our invention. */
  reportRoute: z.enum(['available', 'absent']),
  /** Which amount a report of a refund may name: the approved one, or that and less. */
  reportAmount: z.enum(['exact', 'upTo']),
  /** PUT of an order that is not there. */
  unknownOrderUpdate: z.enum(['refuse', 'create']),
  /** Does the order that is read lack e-mail, name and phone? */
  hideCustomer: z.boolean(),
  medias: z.enum(['objects', 'strings']),
  /** Is a `message.created` with a system note sent when a claim changes silently? */
  systemNotes: z.boolean(),

  /** How many more times each webhook is sent. */
  duplicates: z.int().nonnegative(),
  duplicateChance: Chance,
  dropChance: Chance,
  /** How long, drawn from this range, a webhook waits before it is sent: with a range they overtake each other. */
  delayMs: Range,
  /** Keep webhooks until `releaseWebhooks()`. */
  holdWebhooks: z.boolean(),
  freshIdOnRetry: z.boolean(),
  retries: z.boolean(),
});
export type OrderProtectionSettings = z.output<typeof OrderProtectionSettings>;

/** Some of them: what is left out stays as it is. */
export const OrderProtectionChange = OrderProtectionSettings.partial();
export type OrderProtectionChange = z.input<typeof OrderProtectionChange>;

/** Strict, and without chance: what a test wants that does not ask for more. */
export const DEFAULT_SETTINGS: OrderProtectionSettings = {
  requestsPerMinute: null,
  readLagMs: [0, 0],
  reportRoute: 'available',
  reportAmount: 'exact',
  unknownOrderUpdate: 'refuse',
  hideCustomer: false,
  medias: 'objects',
  systemNotes: false,
  duplicates: 0,
  duplicateChance: 0,
  dropChance: 0,
  delayMs: [0, 0],
  holdWebhooks: false,
  freshIdOnRetry: false,
  retries: true,
};
