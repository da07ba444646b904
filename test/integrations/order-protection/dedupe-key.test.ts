import { parseWebhook } from '../../../src/integrations/order-protection/parse-webhook';
import { sample, sampleWith, TOPICS } from './sample';

const keyOf = (value: unknown, receivedAt = '2026-03-02T09:14:07Z'): string =>
  parseWebhook(value, receivedAt).dedupeKey;

test('the same delivery has the same key whenever it comes and in whatever order its keys are written', () => {
  const envelope = sample('claim.approved', 'api');
  const again = {
    body: reversed(envelope.body),
    created_at: '2026-01-01T00:00:00Z',
    topic: 'claim/approved',
    id: envelope.id,
  };
  expect(keyOf(again, '2026-03-03T00:00:00Z')).toBe(keyOf(envelope));
});

test('the key is also the key of the event, so that stored and signalled repeats are told apart alike', () => {
  const reading = parseWebhook(sample('claim.created', 'app'), '2026-03-02T09:14:07Z');
  expect(reading).toMatchObject({ kind: 'claimEvent', event: { eventKey: reading.dedupeKey } });
});

test('all published samples carry one id, and are different deliveries', () => {
  const keys = TOPICS.flatMap((topic) => [keyOf(sample(topic, 'api')), keyOf(sample(topic, 'app'))]);
  expect(new Set(keys).size).toBe(12);
});

test.each([
  ['another id', { ...sample('claim.created', 'api'), id: 'other' }],
  ['no id', { ...sample('claim.created', 'api'), id: null }],
  ['another body', sampleWith('claim.created', { claim_description: 'Item arrived broken' })],
  ['a field more, known or not', sampleWith('claim.created', { note: 'urgent' })],
])('%s makes another delivery', (_, other) => {
  expect(keyOf(other)).not.toBe(keyOf(sample('claim.created', 'api')));
});

test('without an id the same topic and body is the same delivery', () => {
  const { id: _id, ...anonymous } = sample('claim.created', 'api');
  expect(keyOf({ ...anonymous, created_at: '2026-01-01T00:00:00Z' })).toBe(keyOf(anonymous));
});

test.each([
  ['no topic', { id: '1', body: { a: 1 } }, { id: '1', body: { a: 2 } }],
  ['no body', { id: '1', topic: 'claim.created', claim: 1 }, { id: '1', topic: 'claim.created', claim: 2 }],
  ['no object', ['x'], ['y']],
])('what is unusable for %s is kept apart by all that it says', (_, one, other) => {
  expect(keyOf(one)).toBe(keyOf(structuredClone(one)));
  expect(keyOf(one)).not.toBe(keyOf(other));
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, part]) => [key, reversed(part)])
      .reverse(),
  );
}
