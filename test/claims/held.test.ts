import { attentionOf } from '../../src/claims/attention';
import { commitReady } from '../../src/claims/commit';
import { hear } from '../../src/claims/hear';
import { later } from '../../src/claims/lane';
import { completesAt, nextOf } from '../../src/claims/next';
import {
  closeClaim,
  confirmResolution,
  extendDeadline,
  hold,
  refusalToHold,
  refusalToRelease,
  release,
} from '../../src/claims/operate';
import { commandSent } from '../../src/claims/outcome';
import { phaseOf } from '../../src/claims/phase';
import { readBack } from '../../src/claims/read-back';
import { type ClaimState } from '../../src/claims/state';
import { viewOf } from '../../src/claims/view';
import { aClaim, anEvent, aReading, NOW, REFUND } from './events';
import { answered, commandedClaim, RULING } from './operated';

const DAY_LATER = later(NOW, 24 * 3_600);
const stepOf = (lane: 'source' | 'klaim' | 'command' | 'report', state: ClaimState, now = NOW): string | null => {
  const next = nextOf(lane, state, now);
  return next !== null && 'step' in next ? next.step.do : null;
};

test('an approval of a held claim is read back and shown, and commanded only when the claim is released, with its full time from then', () => {
  const held = hold(aClaim(), RULING, NOW);
  const approved = hear(held, anEvent('approved', 'b', { claim: { resolutions: [REFUND] } }), [], NOW);
  expect(stepOf('source', approved)).toBe('readClaim');
  const confirmed = commitReady(readBack(approved, aReading(), approved.unread, NOW), NOW);
  expect(viewOf(confirmed, NOW)).toMatchObject({
    phase: 'confirming',
    attention: 'held',
    hold: { ...RULING, at: NOW },
    resolutions: [{ state: 'proposed', question: 'held by an operator' }],
  });
  const released = commitReady(release(confirmed, RULING, DAY_LATER), DAY_LATER);
  expect(released.resolutions).toMatchObject([{ commandedAt: DAY_LATER, dueAt: later(DAY_LATER, 72 * 3_600) }]);
  expect(stepOf('command', released, DAY_LATER)).toBe('sendCommand');
  expect(attentionOf(released, DAY_LATER)).toBe('none');
});

test('a deadline that was extended while the claim was held is not taken back by the release', () => {
  const until = later(NOW, 30 * 24 * 3_600);
  const extended = extendDeadline(hold(commandedClaim(), RULING, NOW), { ...RULING, until }, NOW);
  expect(release(extended, RULING, DAY_LATER).resolutions).toMatchObject([{ commandedAt: DAY_LATER, dueAt: until }]);
});

test('what an operator has accepted of a held claim is that money: more that is approved meanwhile is asked about', () => {
  const approve = (state: ClaimState, key: string, occurredAt: string, amount: string): ClaimState => {
    const resolutions = [{ ...REFUND, amount: { amount, currency: 'USD' } }];
    return commitReady(hear(state, anEvent('approved', key, { occurredAt, claim: { resolutions } }), [], NOW), NOW);
  };
  const unconfirmed = approve(hold(aClaim(), RULING, NOW), 'b', '2026-03-02T09:20:00Z', '20.00');
  const resolutionId = viewOf(unconfirmed, NOW).resolutions[0]?.id ?? '';
  const accepted = commitReady(confirmResolution(unconfirmed, { ...RULING, resolutionId, accept: true }, NOW), NOW);
  expect(release(accepted, RULING, NOW)).toMatchObject({ rulings: { [resolutionId]: { accept: true } } });
  expect(commitReady(release(accepted, RULING, NOW), NOW).resolutions).toMatchObject([{ amount: { amount: '20.00' } }]);
  const more = approve(accepted, 'c', '2026-03-02T09:30:00Z', '2000.00');
  const released = commitReady(release(more, RULING, NOW), NOW);
  expect([released.resolutions, attentionOf(released, NOW)]).toEqual([[], 'contradiction']);
});

test('a denial of a held approval leaves nothing to withdraw and nothing to ask', () => {
  const held = hold(aClaim(), RULING, NOW);
  const approved = hear(held, anEvent('approved', 'b', { claim: { resolutions: [REFUND] } }), [], NOW);
  const confirmed = commitReady(readBack(approved, aReading(), approved.unread, NOW), NOW);
  const denied = hear(confirmed, anEvent('denied', 'c', { occurredAt: '2026-03-04T09:00:00Z' }), [], NOW);
  expect(viewOf(denied, NOW)).toMatchObject({ resolutions: [], attention: 'held' });
});

test('what an operator lets through while the claim is held goes out when it is released', () => {
  const held = hold(commandedClaim(), RULING, NOW);
  const denied = hear(held, anEvent('denied', 'c', { occurredAt: '2026-03-04T09:00:00Z' }), [], NOW);
  const resolutionId = denied.resolutions[0]?.id ?? '';
  const accepted = confirmResolution(denied, { ...RULING, resolutionId, accept: true }, NOW);
  expect(stepOf('command', accepted)).toBe('withdraw');
  const released = release(accepted, RULING, DAY_LATER);
  expect(released.resolutions[1]).toMatchObject({ commandedAt: DAY_LATER, progress: { state: 'commanded' } });
});

test('a command that is out already is waited for as ever: its answer is taken, and reported when the claim is released', () => {
  const sent = commandSent(commandedClaim(), commandedClaim().resolutions[0]?.id ?? '', NOW);
  const held = hold(sent, RULING, NOW);
  expect(stepOf('command', held, DAY_LATER)).toBe('remind');
  const done = answered(held);
  expect(phaseOf(done)).toBe('reporting');
  expect(stepOf('report', done)).toBeNull();
  expect(stepOf('report', release(done, RULING, NOW))).toBe('report');
});

test('a held claim does not complete, and closing it ends the hold', () => {
  const denial = hear(aClaim(), anEvent('denied', 'b'), [], NOW);
  const held = hold(denial, RULING, NOW);
  expect(completesAt(held, NOW)).toBeNull();
  const closed = closeClaim(held, RULING, NOW);
  expect(viewOf(closed, NOW)).toMatchObject({ phase: 'closed', attention: 'none', hold: null });
});

test('a claim is held once, and only what is held is released', () => {
  expect(refusalToHold(aClaim())).toBeNull();
  expect(refusalToHold(hold(aClaim(), RULING, NOW))).toBe(`the claim is held already, by ops@brand since ${NOW}`);
  expect(refusalToHold(closeClaim(aClaim(), RULING, NOW))).toMatch('closed');
  expect(refusalToRelease(aClaim())).toBe('the claim is not held');
  expect(refusalToRelease(hold(aClaim(), RULING, NOW))).toBeNull();
});
