import { z } from 'zod';

import type { Desk } from './desk';
import { storeOf } from './world';

/** Any webhook at all: a body that is no object goes as text. */
export const Raw = z.strictObject({
  store: z.string().optional(),
  body: z.unknown(),
  /** The store's unless said. */
  secret: z.string().nullable().optional(),
});
export type Raw = z.input<typeof Raw>;

export function sendWebhook({ world, webhooks }: Desk, { store, body, secret = null }: Raw): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  webhooks.enqueue(storeOf(world, store), { body: text, topic: 'by hand', claimId: null, secret });
}

export const ReleaseOrder = z.enum(['asSent', 'reverse', 'shuffle']);
export type ReleaseOrder = z.output<typeof ReleaseOrder>;

/** Sends what `holdWebhooks` kept back, one after the other, each once the one before it has been answered. */
export async function releaseWebhooks({ world, webhooks }: Desk, order: ReleaseOrder): Promise<void> {
  const held = world.state.deliveries.filter(({ state }) => state === 'held');
  const ranked = held.map((delivery, place) => ({ delivery, rank: order === 'shuffle' ? world.random() : place }));
  ranked.sort((a, b) => (order === 'reverse' ? b.rank - a.rank : a.rank - b.rank));
  for (const { delivery } of ranked) await webhooks.sendNow(delivery);
}
