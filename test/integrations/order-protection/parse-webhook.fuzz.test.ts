import fc from 'fast-check';
import { readClaimEvent } from '../../../src/claims/event';
import { parseWebhook } from '../../../src/integrations/order-protection/parse-webhook';
import { sample, TOPICS } from './sample';

const RECEIVED = '2026-03-02T09:14:07.000Z';

/** Whatever is sent: one of the three outcomes, and one that holds what it promises. */
function check(value: unknown): void {
  const reading = parseWebhook(value, RECEIVED);
  expect(reading.dedupeKey).toMatch(/^[0-9a-f]{64}$/);
  expect(parseWebhook(structuredClone(value), RECEIVED)).toEqual(reading);
  switch (reading.kind) {
    case 'claimEvent':
      expect(readClaimEvent(JSON.parse(JSON.stringify(reading.event)), reading.claimId)).toEqual({
        ok: true,
        event: reading.event,
        unreadable: [],
      });
      expect(reading.event.occurredAt <= RECEIVED).toBe(true);
      break;
    case 'protection':
      expect(reading.protection.order.sourceOrderId).toBeDefined();
      break;
    case 'unusable':
      expect(reading.reason).toMatch(/\w/);
      break;
    default:
      throw new Error('no such outcome');
  }
}

const anyTopic = fc.oneof(fc.constantFrom(...TOPICS, ...TOPICS.map((topic) => topic.replace('.', '/'))), fc.string());

test('any JSON value', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), check), { numRuns: 300 });
});

test('any JSON in an envelope', () => {
  const envelope = fc.record(
    { topic: anyTopic, id: fc.jsonValue(), created_at: fc.jsonValue(), body: fc.jsonValue({ maxDepth: 4 }) },
    { requiredKeys: [] },
  );
  fc.assert(fc.property(envelope, check), { numRuns: 300 });
});

test('any body that uses the right names', () => {
  const part = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'binary' }), fc.double(), fc.constant(null));
  const details = fc.record(
    { items: part, currency: part, total_refund_amount: part, shipping_address: part },
    { requiredKeys: [] },
  );
  const resolution = fc.record(
    { type: part, details: fc.oneof(details, part), itemId: part, quantity: part },
    { requiredKeys: [] },
  );
  const body = fc.record(
    {
      claim_id: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('a'), part),
      source_order_id: part,
      claim_state: part,
      claim_type: part,
      items: part,
      message: part,
      amount: part,
      currency: part,
      resolutions: fc.oneof(fc.array(resolution), part),
    },
    { requiredKeys: [] },
  );
  fc.assert(fc.property(fc.record({ topic: fc.constantFrom(...TOPICS), body }), check), { numRuns: 500 });
});

test('any published sample with any one part of it replaced', () => {
  const samples = TOPICS.flatMap((topic) => [sample(topic, 'api'), sample(topic, 'app')]);
  const places = samples.flatMap((envelope) => paths(envelope).map((path) => ({ envelope, path })));
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 2 }), ({ envelope, path }, value) =>
      check(replaced(envelope, path, value)),
    ),
    { numRuns: 500 },
  );
});

test('nesting far deeper than anything that is meant', () => {
  const depth = 200_000;
  const nested: unknown = JSON.parse(`${'{"items":['.repeat(depth)}1${']}'.repeat(depth)}`);
  const reading = parseWebhook(
    { topic: 'claim.created', body: { claim_id: 'a', items: [nested], extra: nested } },
    RECEIVED,
  );
  expect(reading).toMatchObject({ kind: 'claimEvent', claimId: 'a' });
});

function paths(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => paths(part, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  (copy as Record<string, unknown>)[key] = replaced((value as Record<string, unknown>)[key], rest, by);
  return copy;
}
