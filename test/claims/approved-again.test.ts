import { attentionOf } from '../../src/claims/attention';
import { commitReady } from '../../src/claims/commit';
import { hear } from '../../src/claims/hear';
import { nextOf } from '../../src/claims/next';
import { closeClaim, confirmResolution } from '../../src/claims/operate';
import { commandHeldBack, commandSent, reported, withdrawalTold } from '../../src/claims/outcome';
import { phaseOf } from '../../src/claims/phase';
import { readBack } from '../../src/claims/read-back';
import { type ClaimState } from '../../src/claims/state';
import { shownResolutionOf } from '../../src/claims/shown-resolution';
import { viewOf } from '../../src/claims/view';
import { aClaim, anEvent, aReading, NOW, REFUND } from './events';
import { answered, commandedClaim, DECLINED, REFUNDED, RULING } from './operated';

const LESS = { ...REFUND, amount: { amount: '25.00', currency: 'USD' } };

const first = commandedClaim();
const id = first.resolutions[0]?.id ?? '';
const sent = commandSent(first, id, NOW);

const denied = (state: ClaimState): ClaimState =>
  hear(state, anEvent('denied', 'denied', { occurredAt: '2026-03-04T09:00:00Z' }), [], NOW);
/** Denied after the command, and the brand was told so. */
const withdrawn = withdrawalTold(denied(sent), id, null, NOW);
/** And only then the brand's answer came: it had paid before. */
const carriedOut = answered(withdrawn);

function approvedAgain(state: ClaimState, resolution: object = REFUND): ClaimState {
  const claim = { resolutions: [resolution] as never };
  const heard = hear(state, anEvent('approved', 'again', { occurredAt: '2026-03-05T09:00:00Z', claim }), [], NOW);
  const read = readBack(heard, aReading({ resolutions: [resolution] as never }), heard.unread, NOW);
  return commitReady(read, NOW);
}
const proposedIn = (state: ClaimState): string =>
  viewOf(state, NOW).resolutions.find((one) => one.state === 'proposed')?.id ?? '';
const settle = (state: ClaimState, resolutionId: string, yes = true): ClaimState =>
  commitReady(confirmResolution(state, { ...RULING, resolutionId, accept: yes }, NOW), NOW);
const progresses = (state: ClaimState): string[] => state.resolutions.map(({ progress }) => progress.state);

describe('what a brand carried out although it was withdrawn', () => {
  test('stands when its source approves the same terms again: it is reported, and nothing is commanded or asked', () => {
    const again = approvedAgain(carriedOut);
    expect([progresses(again), phaseOf(again), attentionOf(again, NOW)]).toEqual([['answered'], 'reporting', 'none']);
    expect(nextOf('report', again, NOW)).toMatchObject({ step: { do: 'report', resolution: { id } } });
    const done = reported(again, id, null, NOW);
    expect([phaseOf(done), attentionOf(done, NOW)]).toEqual(['settled', 'none']);
  });

  test('stands as well when its answer comes after the new approval', () => {
    const asked = approvedAgain(withdrawn);
    expect(attentionOf(asked, NOW)).toBe('contradiction');
    const told = commitReady(answered(asked), NOW);
    expect([progresses(told), viewOf(told, NOW).resolutions.length, attentionOf(told, NOW)]).toEqual([
      ['answered'],
      1,
      'none',
    ]);
  });

  test('stands as well when an operator had said that it does not', () => {
    expect(progresses(approvedAgain(settle(carriedOut, id, false)))).toEqual(['answered']);
  });

  test('is still asked about when other terms are approved, and is reported when an operator says so', () => {
    const other = approvedAgain(carriedOut, LESS);
    expect(viewOf(other, NOW)).toMatchObject({
      attention: 'contradiction',
      resolutions: [
        { state: 'proposed', amount: LESS.amount },
        { id, state: 'withdrawn', question: 'answered (refunded) although it was withdrawn' },
      ],
    });
    const settled = settle(settle(other, proposedIn(other), false), id);
    expect(nextOf('report', settled, NOW)).toMatchObject({ step: { do: 'report', resolution: { id } } });
  });
});

test('what the brand declined when it was withdrawn already may be proposed anew', () => {
  const again = approvedAgain(answered(withdrawn, DECLINED));
  expect([progresses(again), attentionOf(again, NOW)]).toEqual([['withdrawn'], 'contradiction']);
  expect(progresses(settle(again, proposedIn(again)))).toEqual(['withdrawn', 'commanded']);
});

test('a withdrawn command that the brand declined is declined when an operator says that it stands', () => {
  const settled = settle(answered(withdrawn, DECLINED), id);
  expect([progresses(settled), attentionOf(settled, NOW)]).toEqual([['declined'], 'declined']);
});

test.each([
  ['denied', withdrawn],
  ['closed', withdrawalTold(closeClaim(sent, RULING, NOW), id, null, NOW)],
])(
  'a new command after a claim was %s takes the place of the withdrawn one: should that be answered late, it is taken back',
  (_how, state) => {
    const asked = approvedAgain(state);
    const again = settle(asked, proposedIn(asked));
    expect(again.resolutions[1]?.insteadOf).toEqual([id]);
    const late = commitReady(answered(again, REFUNDED, id), NOW);
    expect(viewOf(late, NOW)).toMatchObject({
      attention: 'contradiction',
      resolutions: [
        { id, state: 'withdrawn', answer: REFUNDED },
        { state: 'withdrawn', question: `${id}, whose place it takes, was carried out` },
      ],
    });
  },
);

test('nor is a new command let go that another source contests', () => {
  const asked = approvedAgain(withdrawn);
  const again = settle(asked, proposedIn(asked));
  const rivals = [{ source: 'karla' as const, claimId: 'k-1' }];
  const contested = commandHeldBack(again, again.resolutions[1]?.id ?? '', rivals, NOW);
  expect(progresses(answered(contested, REFUNDED, id))).toEqual(['withdrawn', 'withdrawn']);
});

describe('the Klaim of a denied claim', () => {
  test('shows a refund that was made all the same, with its money and its day', () => {
    const made = { type: 'Refund', amount: 28.62, currency: 'USD', at: NOW };
    expect(shownResolutionOf(carriedOut)).toMatchObject(made);
    const paidBefore = denied(answered(sent));
    const done = reported(settle(paidBefore, id), id, null, NOW);
    expect([phaseOf(done), shownResolutionOf(done)]).toMatchObject(['denied', made]);
  });

  test('shows the denial where nothing was made', () => {
    expect(shownResolutionOf(withdrawn)).toMatchObject({
      type: 'Denied',
      amount: null,
      at: '2026-03-04T09:00:00.000Z',
    });
  });
});

test('what was decided has the day that its source says when it is read', () => {
  const read = readBack(aClaim(), aReading({ decidedAt: '2026-03-02T09:19:00.000Z' }), [], NOW);
  expect(shownResolutionOf(read).at).toBe('2026-03-02T09:19:00.000Z');
});
