import { attentionOf } from '../../src/claims/attention';
import { commitReady } from '../../src/claims/commit';
import { type EventKind } from '../../src/claims/event';
import { hear } from '../../src/claims/hear';
import { later } from '../../src/claims/lane';
import { nextOf, wakeAt } from '../../src/claims/next';
import { confirmResolution } from '../../src/claims/operate';
import { commandSent } from '../../src/claims/outcome';
import { phaseOf } from '../../src/claims/phase';
import { projectionOf } from '../../src/claims/projection';
import { readDecision } from '../../src/claims/proposals';
import { readBack, readReason } from '../../src/claims/read-back';
import { type ClaimReading } from '../../src/claims/source-claim';
import { type ClaimState } from '../../src/claims/state';
import { aClaim, anEvent, aReading, NOW, REFUND } from './events';
import { commandedClaim, RULING } from './operated';

const minute = (n: number): string => `2026-03-03T10:${String(n).padStart(2, '0')}:00.000Z`;
const AN_HOUR_ON = later(NOW, 3_600);
const A_DAY_ON = later(NOW, 24 * 3_600);

const heard = (state: ClaimState, kind: EventKind, at: string, resolutions: object[] = []): ClaimState => {
  const claim = kind === 'approved' && resolutions.length > 0 ? { resolutions: resolutions as never } : {};
  return commitReady(hear(state, anEvent(kind, `${kind} ${at}`, { occurredAt: at, claim }), [], NOW), NOW);
};
const read = (state: ClaimState, reading: ClaimReading): ClaimState =>
  commitReady(readBack(state, reading, state.unread, NOW), NOW);
const filed = (): ClaimState => {
  const event = anEvent('created', 'f', { occurredAt: minute(0), customer: { email: 'mira@example.test' } });
  return commitReady(hear(aClaim(), event, [], NOW), NOW);
};
const states = (state: ClaimState): string[] => state.resolutions.map(({ progress }) => progress.state);

describe('an approval that names no resolutions', () => {
  test.each<[string, ClaimReading]>([
    ['still shows the claim as new', aReading({ status: 'new', resolutions: [], updatedAt: minute(0) })],
    ['does not find the claim', { found: false }],
    ['shows the approval without its resolutions', aReading({ resolutions: [], updatedAt: minute(1) })],
  ])('is waited for while the read %s, and is asked about after an hour', (_what, reading) => {
    const state = read(heard(filed(), 'approved', minute(1)), reading);
    expect([phaseOf(state), attentionOf(state, NOW)]).toEqual(['confirming', 'none']);
    expect(wakeAt(state, NOW)).toBe(later(NOW, 2));
    expect(attentionOf(state, AN_HOUR_ON)).toBe('unconfirmed');
    expect(states(read(state, aReading({ updatedAt: minute(2) })))).toEqual(['commanded']);
  });
});

test('a denial is read again while the read still shows the claim as it was before', () => {
  const denied = heard(commandedClaim(), 'denied', minute(9));
  const lagging = read(denied, aReading({ updatedAt: minute(9).replace('.000Z', '.332Z') }));
  expect(readReason(lagging)).toBe('behind');
  expect(nextOf('source', lagging, NOW)).toEqual({ at: later(NOW, 2) });
  const caughtUp = read(
    lagging,
    aReading({ status: 'denied', resolutions: [], updatedAt: minute(9).replace('.000Z', '.935Z') }),
  );
  expect([readReason(caughtUp), projectionOf(caughtUp).values['claim.status']]).toEqual([null, 'Denied']);
  const reopened = read(denied, aReading({ status: 'open', resolutions: [], updatedAt: minute(12) }));
  expect(readReason(reopened)).toBeNull();
});

describe('a denial that no event told of', () => {
  test('withdraws the command when a read shows it, and asks an operator', () => {
    const told = heard(commandedClaim(), 'message', minute(10));
    const state = read(told, aReading({ status: 'denied', resolutions: [], updatedAt: minute(9) }));
    expect(states(state)).toEqual(['withdrawn']);
    expect([phaseOf(state), attentionOf(state, NOW)]).toEqual(['denied', 'contradiction']);
    expect(nextOf('command', state, NOW)).toMatchObject({ step: { do: 'withdraw' } });
  });

  test('of before the approval takes nothing back', () => {
    const told = heard(commandedClaim(), 'message', minute(10));
    const old = aReading({ status: 'denied', resolutions: [], updatedAt: '2026-03-01T00:00:00.000Z' });
    expect(states(read(told, old))).toEqual(['commanded']);
  });

  test('says its reasons once its event is there', () => {
    const state = read(filed(), aReading({ status: 'denied', resolutions: [], updatedAt: minute(9) }));
    const event = anEvent('denied', 'd', { occurredAt: minute(8), claim: { denialReasons: ['NO_RESPONSE'] } });
    expect(hear(state, event, [], NOW).decision).toMatchObject({ reasons: ['NO_RESPONSE'] });
  });
});

describe('an approval that no event told of', () => {
  const seen = (): ClaimState => read(filed(), aReading({ updatedAt: minute(9) }));

  test('is not commanded by itself: after an hour an operator is asked, whose word lets it go', () => {
    expect([states(seen()), phaseOf(seen()), attentionOf(seen(), NOW)]).toEqual([[], 'confirming', 'none']);
    expect(attentionOf(seen(), AN_HOUR_ON)).toBe('unconfirmed');
    const resolutionId = readDecision(seen()).proposals[0]?.id ?? '';
    const accepted = commitReady(confirmResolution(seen(), { ...RULING, resolutionId, accept: true }, NOW), NOW);
    expect(accepted.resolutions).toMatchObject([{ id: resolutionId, kind: 'refund', amount: REFUND.amount }]);
  });

  test('is commanded as ever when its event comes late, whichever has the later time', () => {
    for (const at of [minute(8), minute(10)]) {
      const state = read(heard(seen(), 'approved', at, [REFUND]), aReading({ updatedAt: minute(9) }));
      expect([states(state), attentionOf(state, AN_HOUR_ON)]).toEqual([['commanded'], 'none']);
    }
  });
});

describe('a claim that its source no longer finds', () => {
  const gone = (state: ClaimState): ClaimState => read(heard(state, 'message', minute(5)), { found: false });

  test('has nothing confirmed by an older read', () => {
    const approvedThere = read(filed(), aReading({ updatedAt: minute(1) }));
    const state = read(heard(approvedThere, 'approved', minute(2), [REFUND]), { found: false });
    expect([states(state), phaseOf(state)]).toEqual([[], 'confirming']);
    expect(states(read(state, aReading({ updatedAt: minute(3) })))).toEqual(['commanded']);
  });

  test('is read again, and after a day asks for an operator', () => {
    const state = gone(read(filed(), aReading({ status: 'open', resolutions: [], updatedAt: minute(1) })));
    expect([readReason(state), attentionOf(state, NOW), attentionOf(state, A_DAY_ON)]).toEqual([
      'notFound',
      'none',
      'unknownClaim',
    ]);
    expect(readReason(read(state, aReading({ status: 'open', resolutions: [], updatedAt: minute(1) })))).toBeNull();
  });

  test('is let go when nothing more is expected of it', () => {
    const denied = heard(filed(), 'denied', minute(1));
    const state = gone(read(denied, aReading({ status: 'denied', resolutions: [], updatedAt: minute(1) })));
    expect([readReason(state), attentionOf(state, A_DAY_ON)]).toEqual([null, 'none']);
  });
});

test('what was sent stays sent when only a read shows that it was approved again', () => {
  const sent = commandSent(commandedClaim(), commandedClaim().resolutions[0]?.id ?? '', NOW);
  const state = read(heard(sent, 'message', minute(10)), aReading({ updatedAt: minute(11) }));
  expect([states(state), attentionOf(state, NOW)]).toEqual([['commanded'], 'none']);
});
