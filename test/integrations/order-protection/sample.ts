import { readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(__dirname, '../../fixtures/order-protection');

/** What Order Protection publishes for a topic, as valid JSON: in the `api` dialect (envelope, snake case) or the `app` one. */
export function sample(topic: string, dialect: 'api' | 'app'): Record<string, unknown> {
  const file = path.join(folder, `${topic.replace('.', '-')}.${dialect}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

/** The sample's body with some of it said otherwise. */
export function sampleWith(topic: string, body: Record<string, unknown>): Record<string, unknown> {
  const envelope = sample(topic, 'api');
  return { ...envelope, body: { ...(envelope.body as object), ...body } };
}

export const TOPICS = [
  'claim.created',
  'claim.approved',
  'claim.denied',
  'message.created',
  'protection.added',
  'protection.removed',
] as const;
