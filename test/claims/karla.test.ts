import { attentionOf } from '../../src/claims/attention';
import { commitReady } from '../../src/claims/commit';
import { type ClaimEvent, type EventKind } from '../../src/claims/event';
import { hear } from '../../src/claims/hear';
import { LANES } from '../../src/claims/lane';
import { nextOf } from '../../src/claims/next';
import {
  closeClaim,
  confirmResolution,
  overrideResolution,
  refusalToConfirm,
  refusalToOverride,
  refusalToReport,
} from '../../src/claims/operate';
import { answerSettled, commandSent } from '../../src/claims/outcome';
import { phaseOf } from '../../src/claims/phase';
import { type ClaimState } from '../../src/claims/state';
import { viewOf } from '../../src/claims/view';
import { aClaim, anEvent, NOW } from './events';

const ADDRESS = { address1: 'Gormanstr. 19a', city: 'Berlin', zip: '10119', country: 'DE' };
const RESHIP = { kind: 'reship', items: [{ sku: 'GLS-6-CLR', title: 'Tumbler set', quantity: 2 }] };
const RULING = { actor: 'op@acme', reason: 'agreed by phone' };

let count = 0;
/** What Karla says of the claim at a minute past nine. */
function said(kind: EventKind, minute: number, claim: Partial<ClaimEvent['claim']> = {}): ClaimEvent {
  return anEvent(kind, `karla-${++count}`, {
    source: 'karla',
    occurredAt: `2026-03-02T09:${String(minute).padStart(2, '0')}:00.000Z`,
    claim: { type: 'damaged', ...claim },
    order: { sourceOrderId: 'shop-77120', number: '10482', shippingAddress: ADDRESS },
    customer: { email: 'mira@example.test' },
  });
}
const filed = () => said('created', 0, { status: 'new' });
const accepted = (minute = 1, granted = RESHIP) => said('approved', minute, { resolutions: [granted] });

const hearing = (state: ClaimState, ...events: ClaimEvent[]): ClaimState =>
  events.reduce((heard, event) => commitReady(hear(heard, event, [], NOW), NOW), state);
const shown = (...events: ClaimEvent[]): ClaimState => hearing(aClaim(), ...events);
const confirmable = (...events: ClaimEvent[]): ClaimState =>
  hearing(aClaim({ approvals: { karla: 'operator' } }), ...events);
const confirm = (state: ClaimState, resolutionId: string, accept: boolean): ClaimState =>
  commitReady(confirmResolution(state, { ...RULING, resolutionId, accept }, NOW), NOW);
const proposed = (state: ClaimState): string => viewOf(state, NOW).resolutions[0]?.id ?? 'none';
const looks = (state: ClaimState) => [phaseOf(state), attentionOf(state, NOW)];
const steps = (state: ClaimState) =>
  LANES.flatMap((lane) => {
    const next = nextOf(lane, state, NOW);
    return next !== null && 'step' in next ? [next.step.do] : [];
  });

describe('a claim of Karla', () => {
  test('is never read: its event carries enough for its Klaim', () => {
    expect(steps(shown(filed()))).toEqual(['syncKlaim']);
    expect(looks(shown(filed()))).toEqual(['open', 'none']);
  });

  test('is granted what was asked for, for the lines that were claimed, when its acceptance says neither', () => {
    const asked = said('created', 0, { status: 'new', requestedResolution: 'reship', items: RESHIP.items });
    const sparse = (minute: number) => said('approved', minute, { resolutions: [{ kind: 'unspecified' }] });
    for (const events of [
      [asked, sparse(1)],
      [sparse(1), asked],
      [asked, accepted(1), sparse(2)],
    ])
      expect(viewOf(confirmable(...events), NOW).resolutions).toMatchObject([{ kind: 'reship', state: 'proposed' }]);
    const sent = confirm(confirmable(asked, accepted(1)), proposed(confirmable(asked, accepted(1))), true);
    expect(viewOf(hearing(sent, sparse(2)), NOW).resolutions).toMatchObject([{ kind: 'reship', state: 'commanded' }]);
    expect(looks(hearing(closeClaim(shown(asked, accepted(1)), RULING, NOW), sparse(2)))).toEqual(['closed', 'none']);
  });

  test('is complete by any event, also when its filing never came', () => {
    expect(looks(shown(said('updated', 3, { status: 'open' })))).toEqual(['open', 'none']);
    expect(steps(shown(accepted()))).toContain('syncKlaim');
  });

  test('asks for an operator when it does not say who it is from', () => {
    const { customer: _, ...anonymous } = filed();
    expect(attentionOf(shown(anonymous), NOW)).toBe('noCustomer');
  });

  test('keeps no list of what is unread', () => {
    expect(shown(filed(), accepted()).unread).toEqual([]);
  });

  test.each<[string, ClaimEvent[], string]>([
    ['accepted', [accepted()], 'settled'],
    ['rejected', [said('denied', 1)], 'denied'],
    ['closed', [said('updated', 1, { status: 'closed' })], 'closed'],
    ['accepted, then closed', [accepted(), said('updated', 2, { status: 'closed' })], 'closed'],
    ['accepted, then pending again', [accepted(), said('updated', 2, { status: 'open' })], 'open'],
    ['rejected, then accepted', [said('denied', 1), accepted(2)], 'settled'],
  ])('%s: only the Klaim shows it', (_name, events, phase) => {
    const state = shown(filed(), ...events);
    expect(looks(state)).toEqual([phase, 'none']);
    expect(state.resolutions).toEqual([]);
    expect(viewOf(state, NOW).resolutions).toEqual([]);
  });
});

describe('with commands', () => {
  test('an acceptance waits for an operator, at once and whatever its age', () => {
    const state = confirmable(filed(), accepted());
    expect(looks(state)).toEqual(['confirming', 'unconfirmed']);
    expect(viewOf(state, NOW).resolutions).toMatchObject([{ kind: 'reship', state: 'proposed' }]);
    expect(state.resolutions).toEqual([]);
  });

  test('once it is confirmed it is commanded, to the address of the order, and the answer is the end', () => {
    const waiting = confirmable(filed(), accepted());
    const id = proposed(waiting);
    const commanded = confirm(waiting, id, true);
    expect(commanded.resolutions).toMatchObject([{ id, ...RESHIP, amount: null, shippingAddress: ADDRESS }]);
    expect(steps(commanded)).toContain('sendCommand');
    const answer = { resolutionId: id, outcome: 'reshipped' as const, reshipOrderId: 'shop-77121' };
    const answered = answerSettled(commandSent(commanded, id, NOW), answer, { accepted: true, answeredAt: NOW }, NOW);
    expect(looks(answered)).toEqual(['settled', 'none']);
    expect(steps(answered)).not.toContain('report');
    expect(refusalToReport(answered, { ...RULING, resolutionId: id })).toMatch('Karla');
  });

  test('a refund, of which Karla states no amount, is not commanded until an operator says how much', () => {
    const waiting = confirmable(filed(), accepted(1, { ...RESHIP, kind: 'refund' }));
    const ruling = { ...RULING, resolutionId: proposed(waiting) };
    expect(refusalToConfirm(waiting, { ...ruling, accept: true })).toMatch('names no amount');
    expect(refusalToConfirm(waiting, { ...ruling, accept: false })).toBeNull();
    expect(refusalToOverride(waiting, { ...ruling, kind: 'refund' }, NOW)).toMatch('needs an amount');
    const amount = { amount: '19.90', currency: 'EUR' };
    const commanded = commitReady(overrideResolution(waiting, { ...ruling, kind: 'refund', amount }, NOW), NOW);
    expect(commanded.resolutions.filter(({ progress }) => progress.state === 'commanded')).toMatchObject([
      { kind: 'refund', items: RESHIP.items, amount },
    ]);
    expect(looks(commanded)).toEqual(['awaitingBrand', 'none']);
  });

  test('once it is refused it never is, also when Karla says the same with its next change', () => {
    const waiting = confirmable(filed(), accepted());
    const refused = confirm(waiting, proposed(waiting), false);
    for (const state of [refused, hearing(refused, accepted(5))]) {
      expect(state.resolutions).toEqual([]);
      expect(looks(state)).toEqual(['settled', 'none']);
    }
  });

  test('a change after the acceptance asks for nothing new', () => {
    const waiting = confirmable(filed(), accepted());
    const commanded = hearing(confirm(waiting, proposed(waiting), true), accepted(5), accepted(6));
    expect(commanded.resolutions).toHaveLength(1);
    expect(looks(commanded)).toEqual(['awaitingBrand', 'none']);
  });

  test('a claim that an operator closed stays closed when Karla says the same again, and reopens when it decides anew', () => {
    const closed = closeClaim(confirmable(filed(), accepted()), RULING, NOW);
    expect(phaseOf(hearing(closed, accepted(5)))).toBe('closed');
    expect(phaseOf(hearing(closed, accepted(5, { ...RESHIP, kind: 'refund' })))).toBe('confirming');
  });

  test('an acceptance that is taken back asks for nothing, and after the command for an operator', () => {
    const waiting = confirmable(filed(), accepted());
    expect(looks(hearing(waiting, said('updated', 5, { status: 'open' })))).toEqual(['open', 'none']);
    const commanded = hearing(confirm(waiting, proposed(waiting), true), said('updated', 5, { status: 'open' }));
    expect(commanded.resolutions).toMatchObject([{ progress: { state: 'withdrawn' } }]);
    expect(attentionOf(commanded, NOW)).toBe('contradiction');
  });

  test('an acceptance after that waits for an operator once, and not for the old command too', () => {
    const waiting = confirmable(filed(), accepted());
    const back = hearing(confirm(waiting, proposed(waiting), true), said('updated', 5, { status: 'open' }));
    const again = hearing(back, accepted(6));
    const open = viewOf(again, NOW).resolutions.filter(({ question }) => question !== null);
    expect(open).toMatchObject([{ state: 'proposed' }]);
  });

  test('a rejection after the command withdraws it and asks, once', () => {
    const waiting = confirmable(filed(), accepted());
    const id = proposed(waiting);
    const denied = hearing(confirm(waiting, id, true), said('denied', 5));
    expect(denied.resolutions).toMatchObject([{ progress: { state: 'withdrawn' } }]);
    const settled = confirm(denied, id, false);
    expect(
      refusalToConfirm(hearing(settled, said('denied', 6)), { ...RULING, resolutionId: id, accept: false }),
    ).toMatch('does not wait');
  });

  test('an acceptance that does not say what is granted is for an operator to name', () => {
    const state = confirmable(filed(), accepted(1, { ...RESHIP, kind: 'unspecified' }));
    expect(attentionOf(state, NOW)).toBe('unknownResolution');
  });
});
