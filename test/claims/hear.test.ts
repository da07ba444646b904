import fc from 'fast-check';
import { hear } from '../../src/claims/hear';
import { projectionOf } from '../../src/claims/projection';
import { known } from '../../src/claims/facts';
import { type ClaimEvent } from '../../src/claims/event';
import { type ClaimState } from '../../src/claims/state';
import { aClaim, anEvent, NOW, REFUND, RESHIP } from './events';

const hearAll = (events: readonly ClaimEvent[]): ClaimState =>
  events.reduce((state, event) => hear(state, event, [], NOW), aClaim());

const time = fc.integer({ min: 0, max: 5 }).map((minute) => `2026-03-02T09:0${minute}:00.000Z`);
const said = fc.record(
  {
    status: fc.constantFrom('new', 'open', 'waiting_customer', 'closed', 'SOMETHING_NEW'),
    type: fc.constantFrom('damaged', 'stolen', 'A_TYPE_OF_TOMORROW'),
    description: fc.string({ maxLength: 20 }),
    messages: fc.array(fc.record({ text: fc.string({ minLength: 1, maxLength: 10 }) }), { maxLength: 2 }),
    resolutions: fc.array(fc.constantFrom(REFUND, RESHIP, { kind: 'a_kind_of_tomorrow' }), { maxLength: 2 }),
    denialReasons: fc.array(fc.constantFrom('NO_RESPONSE', 'OTHER'), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const source = fc.constantFrom('order-protection', 'karla');
const happened = fc.array(
  fc.tuple(fc.constantFrom('created', 'updated', 'message', 'approved', 'denied'), time, said),
  { minLength: 1, maxLength: 10 },
);
const events = fc
  .tuple(source, happened)
  .map(([from, all]) =>
    all.map(([kind, occurredAt, claim], index) => anEvent(kind, `event-${index}`, { source: from, occurredAt, claim })),
  );

describe('events of a claim', () => {
  test('give the same state in any order and with any repetition', () => {
    const shuffledWithRepeats = events.chain((all) =>
      fc
        .tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.array(fc.constantFrom(...all), { maxLength: 6 }))
        .map(([shuffled, repeats]) => ({ all, heard: [...repeats, ...shuffled, ...repeats] })),
    );
    fc.assert(
      fc.property(shuffledWithRepeats, ({ all, heard }) => {
        expect(hearAll(heard)).toEqual(hearAll(all));
      }),
      { numRuns: 500 },
    );
  });

  test('leave a decision unread until it is read back, however many come after it', () => {
    const messages = Array.from({ length: 150 }, (_, index) => anEvent('message', `z${index}`));
    const { unread } = hearAll([anEvent('approved', 'a'), ...messages]);
    expect([unread.length, unread[0]]).toEqual([101, 'a']);
  });

  test('never crash a projection, whatever their words are', () => {
    fc.assert(
      fc.property(events, (all) => {
        const { values } = projectionOf(hearAll(all));
        expect(values['claim.title']).not.toBe('');
      }),
    );
  });

  test('a filing that arrives late does not take the claim back to new', () => {
    const state = hearAll([
      anEvent('approved', 'b', { occurredAt: '2026-03-02T09:01:00Z' }),
      anEvent('created', 'a', {
        occurredAt: '2026-03-02T09:02:00Z',
        claim: { status: 'new', description: 'Box came empty' },
      }),
    ]);
    expect(known(state.facts.claim)).toMatchObject({ status: 'approved', description: 'Box came empty' });
    expect(state.filed).toBe(true);
  });

  test('an event from the future does not win for ever', () => {
    const state = hearAll([
      anEvent('updated', 'a', { occurredAt: '2099-01-01T00:00:00Z', claim: { status: 'closed' } }),
    ]);
    expect(state.facts.claim.status?.at).toBe(NOW);
  });

  test('an event of another source is refused and stands in the timeline', () => {
    const state = hearAll([anEvent('created', 'a'), anEvent('denied', 'b', { source: 'karla' })]);
    expect(state.decision).toBeNull();
    expect(state.timeline.map(({ what }) => what)).toContain(
      'refused: event of karla, but this is a claim of order-protection',
    );
  });

  test('two thousand messages leave the state small, and a repeat of the first changes nothing that is shown', () => {
    const messages = Array.from({ length: 2_000 }, (_, index) =>
      anEvent('message', `m-${index}`, {
        occurredAt: new Date(Date.UTC(2026, 2, 2) + index * 1_000).toISOString(),
        claim: { messages: [{ text: `message ${index}` }] },
      }),
    );
    const state = hearAll([anEvent('created', 'a'), ...messages]);
    expect(JSON.stringify(state).length).toBeLessThan(80_000);
    const [first] = messages;
    if (first === undefined) throw new Error('no message');
    expect(projectionOf(hear(state, first, [], NOW))).toEqual(projectionOf(state));
  });
});
