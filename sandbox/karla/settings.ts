import { z } from 'zod';

/** What Karla does where its documentation is silent: how its webhooks come. */
export const KarlaSettings = z.strictObject({
  /** How many more times each webhook is sent. */
  duplicates: z.int().nonnegative(),
  dropChance: z.number().min(0).max(1),
  /** How long, drawn from this range, a webhook waits before it is sent: with a range they overtake each other. */
  delayMs: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
  /** Keep webhooks until `releaseWebhooks()`. */
  holdWebhooks: z.boolean(),
  retries: z.boolean(),
});
export type KarlaSettings = z.output<typeof KarlaSettings>;

/** Some of them: what is left out stays as it is. */
export const KarlaChange = KarlaSettings.partial();
export type KarlaChange = z.input<typeof KarlaChange>;

/** Without chance: what a test wants that does not ask for more. */
export const DEFAULT_SETTINGS: KarlaSettings = {
  duplicates: 0,
  dropChance: 0,
  delayMs: [0, 0],
  holdWebhooks: false,
  retries: true,
};
