import { enqueue } from './callbacks';
import type { Command, Resolution } from './command';
import type { Act } from './state';
import { nextNumber, timestamp, type World } from './world';

/** Does what a command asks for that has not come before. Reminders and escalations are for people: they are only kept. */
export function act(world: World, { type, data }: Command, webhookId: string): void {
  switch (type) {
    case 'resolution.requested':
      return resolve(world, data);
    case 'protection.added':
    case 'protection.removed':
      return record(world, {
        webhookId,
        what: type === 'protection.added' ? 'billed' : 'premiumReturned',
        claimId: null,
        amount: data.amount,
        reshipOrderId: null,
      });
    case 'resolution.reminder':
    case 'resolution.withdrawn':
    case 'claim.escalated':
      return;
  }
}

function resolve(world: World, resolution: Resolution): void {
  const { answer, delayMs, reason } = world.state.policies[resolution.claimId] ?? world.policy;
  if (isWithdrawn(world, resolution.resolutionId)) return;
  if (answer === 'decline') enqueue(world, resolution, { outcome: 'declined', reason }, delayMs);
  if (answer !== 'auto') return;
  const done = carriedOut(world, resolution);
  actOn(world, resolution, done);
  enqueue(world, resolution, done, delayMs);
}

/** The withdrawal may come before what it withdraws. */
const isWithdrawn = ({ state }: World, resolutionId: string): boolean =>
  state.deliveries.some(({ body, webhookId }) => body !== null && webhookId === `${resolutionId}.withdrawn`);

/** The answer of a brand that did as it was told. */
function carriedOut(world: World, { kind, amount }: Resolution): Record<string, unknown> {
  const number = nextNumber(world);
  if (kind === 'reship') return { outcome: 'reshipped', reshipOrderId: `BR-${90_000 + number}` };
  if (amount === null) return { outcome: 'declined', reason: 'the command names no amount' };
  return { outcome: 'refunded', refundId: `rf_${number}`, ...amount };
}

/** Writes down the money or goods that an answer speaks of, once per resolution; an answer that speaks of none moves nothing. */
export function actOn(world: World, { resolutionId, claimId }: Resolution, answer: unknown): void {
  const said = (answer ?? {}) as { outcome?: unknown; reshipOrderId?: unknown; amount?: unknown; currency?: unknown };
  const base = { webhookId: resolutionId, claimId };
  if (said.outcome === 'reshipped') {
    record(world, { ...base, what: 'reshipped', amount: null, reshipOrderId: String(said.reshipOrderId) });
  }
  if (said.outcome === 'refunded') {
    const amount = { amount: String(said.amount), currency: String(said.currency) };
    record(world, { ...base, what: 'refunded', amount, reshipOrderId: null });
  }
}

function record(world: World, done: Omit<Act, 'at'>): void {
  if (world.state.acts.some(({ webhookId }) => webhookId === done.webhookId)) return;
  world.state.acts.push({ at: timestamp(world), ...done });
}
