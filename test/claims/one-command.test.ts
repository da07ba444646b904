import fc from 'fast-check';
import { attentionOf } from '../../src/claims/attention';
import { commitReady } from '../../src/claims/commit';
import { type DecidedResolution } from '../../src/claims/event';
import { hear } from '../../src/claims/hear';
import { type Money } from '../../src/claims/money';
import {
  confirmResolution,
  extendDeadline,
  hold,
  refusalToConfirm,
  refusalToExtend,
  refusalToHold,
  refusalToRelease,
  release,
} from '../../src/claims/operate';
import { commandSent, answerSettled, reported } from '../../src/claims/outcome';
import { readDecision } from '../../src/claims/proposals';
import { readBack } from '../../src/claims/read-back';
import { sameMatter, type Resolution } from '../../src/claims/resolution';
import { restoreClaim, type CommandRecord } from '../../src/claims/restore';
import { type ClaimState } from '../../src/claims/state';
import { aClaim, anEvent, aReading, NOW, POLICY, REFUND, RESHIP } from './events';

/** One thing that may happen to a claim. */
type Happening = (state: ClaimState, ledger: Map<string, CommandRecord>) => ClaimState;

const decisions: DecidedResolution[][] = [
  [REFUND],
  [RESHIP],
  [REFUND, RESHIP],
  [{ ...REFUND, amount: { amount: '40.00', currency: 'USD' } }],
];
const minute = fc.integer({ min: 0, max: 9 }).map((value) => `2026-03-02T09:0${value}:00.000Z`);
const key = fc.integer({ min: 0, max: 6 });

const approved = fc.tuple(key, minute, fc.constantFrom(...decisions)).map(
  ([number, occurredAt, resolutions]): Happening =>
    (state) =>
      hear(state, anEvent('approved', `approved-${number}`, { occurredAt, claim: { resolutions } }), [], NOW),
);
const denied = fc.tuple(key, minute).map(
  ([number, occurredAt]): Happening =>
    (state) =>
      hear(state, anEvent('denied', `denied-${number}`, { occurredAt }), [], NOW),
);
const read = fc.tuple(fc.constantFrom(...decisions), fc.constantFrom('approved', 'open', 'denied', 'resolved')).map(
  ([resolutions, status]): Happening =>
    (state) =>
      readBack(state, aReading({ status, resolutions }), state.unread, NOW),
);
const sent = fc.constant<Happening>((state) =>
  state.resolutions.reduce((next, { id }) => commandSent(next, id, NOW), state),
);
const answered = fc.constant<Happening>((state) =>
  state.resolutions.reduce((next, { id, kind }) => {
    const answer =
      kind === 'reship'
        ? { outcome: 'reshipped' as const, reshipOrderId: 'BR-1' }
        : { outcome: 'refunded' as const, amount: '1', currency: 'USD' };
    return reported(
      answerSettled(next, { resolutionId: id, ...answer }, { accepted: true, answeredAt: NOW }, NOW),
      id,
      null,
      NOW,
    );
  }, state),
);
const RULING = { actor: 'ops', reason: 'to be looked at' };
const held = fc.constantFrom<Happening[]>(
  (state) => (refusalToHold(state) === null ? hold(state, RULING, NOW) : state),
  (state) => (refusalToRelease(state) === null ? release(state, RULING, NOW) : state),
);
const extended = fc.constant<Happening>((state) => {
  const ruling = { ...RULING, until: '2026-03-20T12:00:00Z' };
  return refusalToExtend(state, ruling, NOW) === null ? extendDeadline(state, ruling, NOW) : state;
});
/** The run is lost without a trace: the next one has the ledger alone. */
const lost = fc.constant<Happening>((_state, ledger) =>
  restoreClaim(aClaim(), POLICY, null, [...ledger.values()], NOW),
);

function record(state: ClaimState, ledger: Map<string, CommandRecord>): void {
  for (const {
    id,
    kind,
    amount,
    items,
    shippingAddress,
    unconfirmedAddress,
    commandedAt,
    progress,
  } of state.resolutions) {
    const answer = 'answer' in progress ? progress.answer : null;
    const answeredAt = 'answeredAt' in progress ? progress.answeredAt : null;
    const reportedAt = 'reportedAt' in progress ? progress.reportedAt : null;
    const withdrawnAt = 'withdrawnAt' in progress ? progress.withdrawnAt : null;
    const terms = { items, shippingAddress, unconfirmedAddress };
    ledger.set(id, {
      source: 'order-protection',
      resolutionId: id,
      kind,
      amount,
      terms,
      commandedAt,
      sentAt: NOW,
      answer,
      answeredAt,
      reportedAt,
      withdrawnAt,
    });
  }
}

test('whatever happens in whatever order, no matter is commanded twice unless an operator lets it be', () => {
  const happenings = fc.array(fc.oneof(approved, approved, denied, read, read, sent, answered, held, extended, lost), {
    maxLength: 25,
  });
  fc.assert(
    fc.property(happenings, (all) => {
      const ledger = new Map<string, CommandRecord>();
      all.reduce((state, happen) => {
        const next = commitReady(happen(state, ledger), NOW);
        record(next, ledger);
        return next;
      }, aClaim());
      const commanded = [...ledger.values()].map(({ kind, terms }) => ({ kind, items: terms.items }));
      const twice = commanded.filter((one, index) =>
        commanded.slice(index + 1).some((other) => sameMatter(one, other)),
      );
      expect(twice).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

/** What an operator has said yes or no to, by lines and money. */
interface Word {
  accepted: Set<string>;
  refused: Set<string>;
}
type Turn = (state: ClaimState, word: Word) => ClaimState;

const termsOf = ({
  kind,
  items = [],
  amount,
}: Pick<DecidedResolution, 'kind' | 'items'> & { amount?: Money | null }): string =>
  JSON.stringify([kind, items, amount?.amount]);
const settled = fc.tuple(fc.nat(3), fc.boolean()).map(([which, accept]): Turn => (state, word) => {
  const { proposals } = readDecision(state);
  const proposal = proposals[which % Math.max(proposals.length, 1)];
  if (proposal === undefined) return state;
  const ruling = { ...RULING, resolutionId: proposal.id, accept };
  if (refusalToConfirm(state, ruling) !== null) return state;
  word[accept ? 'accepted' : 'refused'].add(termsOf(proposal));
  return confirmResolution(state, ruling, NOW);
});
/** No read ever says it. */
const FORGED = { ...REFUND, amount: { amount: '2000.00', currency: 'USD' } };
const forged = fc.tuple(key, minute).map(
  ([number, occurredAt]): Turn =>
    (state) =>
      hear(state, anEvent('approved', `forged-${number}`, { occurredAt, claim: { resolutions: [FORGED] } }), [], NOW),
);
const turn = fc.oneof(
  settled,
  settled,
  forged,
  ...[approved, denied, read, held].map((one) =>
    one.map(
      (happen): Turn =>
        (state) =>
          happen(state, new Map()),
    ),
  ),
);

test('no money is commanded that neither its source confirms nor an operator has accepted, and no approval that is confirmed is passed over in silence', () => {
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 12 }), fc.constantFrom(...decisions), (turns, last) => {
      const word: Word = { accepted: new Set(), refused: new Set() };
      const state = turns.reduce((before, take) => commitReady(take(before, word), NOW), aClaim());
      const commanded = state.resolutions.filter(({ amount }) => amount?.amount === FORGED.amount.amount);
      for (const one of commanded) expect(word.accepted).toContain(termsOf(one));

      const event = anEvent('approved', 'last', { occurredAt: '2026-03-02T10:00:00Z', claim: { resolutions: last } });
      const heard = commitReady(hear(state, event, [], NOW), NOW);
      const end = commitReady(readBack(heard, aReading({ resolutions: last }), heard.unread, NOW), NOW);
      for (const one of last) {
        const { kind, items = [], amount } = one;
        const isMeant = (other: Resolution): boolean =>
          sameMatter(other, { kind, items }) && other.amount?.amount === amount?.amount;
        const isThere = end.resolutions.some((other) => isMeant(other) && other.progress.state !== 'withdrawn');
        const isRefused = word.refused.has(termsOf(one));
        expect([isThere, isRefused, attentionOf(end, NOW)]).not.toEqual([false, false, 'none']);
      }
    }),
    { numRuns: 2_000 },
  );
});
