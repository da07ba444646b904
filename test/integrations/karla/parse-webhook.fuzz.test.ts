import fc from 'fast-check';
import { readClaimEvent } from '../../../src/claims/event';
import { parseWebhook } from '../../../src/integrations/karla/parse-webhook';
import { sample } from './sample';

const RECEIVED = '2026-03-02T09:14:07.000Z';

/** Whatever is sent: one of the three outcomes, and one that holds what it promises. */
function check(value: unknown): void {
  const reading = parseWebhook(value, RECEIVED);
  expect(reading.dedupeKey).toMatch(/^[0-9a-f]{64}$/);
  expect(parseWebhook(structuredClone(value), RECEIVED)).toEqual(reading);
  if (reading.kind === 'unusable') expect(reading.reason).toMatch(/\w/);
  if (reading.kind !== 'claimEvent') return expect(['unusable', 'ignored']).toContain(reading.kind);
  expect(readClaimEvent(JSON.parse(JSON.stringify(reading.event)), reading.claimId)).toEqual({
    ok: true,
    event: reading.event,
    unreadable: [],
  });
  expect(reading.event.occurredAt <= RECEIVED).toBe(true);
}

const ref = fc.oneof(
  fc.constantFrom('claims/created', 'claims/updated', 'shipments/in_transit/X', 'claims/x'),
  fc.string(),
);
const part = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'binary' }), fc.double(), fc.constant(null));
const partsOf = (object: object) =>
  fc.record(Object.fromEntries(Object.keys(object).map((name) => [name, part])), { requiredKeys: [] });

test('any JSON value', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), check), { numRuns: 300 });
});

test('any JSON under the names of the envelope', () => {
  fc.assert(
    fc.property(ref, partsOf(sample()), (named, event) => check({ ...event, ref: named })),
    { numRuns: 300 },
  );
});

test('any JSON under the right names at every level', () => {
  const { event_data, context } = sample();
  const said = fc
    .tuple(partsOf({ ...event_data, status: 0 }), fc.constantFrom('accepted', 'rejected', 'pending', 'x'))
    .map(([data, status]) => ({ ...data, claim_id: 'c1', status }));
  const around = fc.record({
    order: fc.oneof(partsOf(context.order), part),
    customer: fc.oneof(partsOf(context.customer), part),
  });
  const event = fc.record({
    ref,
    event_data: said,
    context: fc.oneof(around, part),
    shop_id: part,
    triggered_at: part,
  });
  fc.assert(fc.property(event, check), { numRuns: 500 });
});
