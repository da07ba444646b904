import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const file = path.join(__dirname, '../../fixtures/karla/claim-created.json');

interface KarlaEvent extends Record<string, unknown> {
  ref: string;
  shop_id: string;
  triggered_at: string;
  event_data: Record<string, unknown>;
  context: { order: Record<string, unknown>; customer: Record<string, unknown> };
}

/** The event that Karla publishes, as it is printed. */
export const sample = (): KarlaEvent => JSON.parse(readFileSync(file, 'utf8')) as KarlaEvent;

/** The sample with some of it said otherwise. */
export function sampleWith(
  ref: string,
  said: Record<string, unknown>,
  context: Record<string, unknown> = {},
): KarlaEvent {
  const event = sample();
  return { ...event, ref, event_data: { ...event.event_data, ...said }, context: { ...event.context, ...context } };
}

/** The header that Karla sends with these bytes at this time (Unix seconds). */
export function signed(body: string | Buffer, secret: string, time = Math.floor(Date.now() / 1_000)): string {
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex')}`;
}
