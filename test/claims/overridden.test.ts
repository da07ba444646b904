import { attentionOf } from '../../src/claims/attention';
import { commitReady } from '../../src/claims/commit';
import { hear } from '../../src/claims/hear';
import { later } from '../../src/claims/lane';
import { nextOf, type Step } from '../../src/claims/next';
import {
  closeClaim,
  confirmResolution,
  overrideResolution,
  refusalToOverride,
  type OverrideRuling,
} from '../../src/claims/operate';
import { commandSent, reported, withdrawalTold } from '../../src/claims/outcome';
import { phaseOf } from '../../src/claims/phase';
import { readBack } from '../../src/claims/read-back';
import { restoreClaim, type CommandRecord } from '../../src/claims/restore';
import { type ClaimState } from '../../src/claims/state';
import { viewOf } from '../../src/claims/view';
import { aClaim, anEvent, aReading, NOW, POLICY, REFUND, RESHIP } from './events';
import { answered, commandedClaim, DECLINED, REFUNDED, RULING } from './operated';

const LESS = { amount: '20.00', currency: 'USD' };
const idOf = (state: ClaimState, index = 0): string => viewOf(state, NOW).resolutions[index]?.id ?? '';
const override = (state: ClaimState, terms: Partial<OverrideRuling> = {}): ClaimState =>
  commitReady(overrideResolution(state, { ...RULING, resolutionId: idOf(state), kind: 'refund', ...terms }, NOW), NOW);
const refusal = (state: ClaimState, terms: Partial<OverrideRuling> = {}): string | null =>
  refusalToOverride(state, { ...RULING, resolutionId: idOf(state), kind: 'refund', ...terms }, NOW);
const progresses = (state: ClaimState): string[] =>
  state.resolutions.map(({ kind, amount, progress }) => `${kind} ${amount?.amount ?? '-'} ${progress.state}`);
const commandStep = (state: ClaimState): Step | null => {
  const next = nextOf('command', state, NOW);
  return next !== null && 'step' in next ? next.step : null;
};
const recordOf = (resolutionId: string, said: Partial<CommandRecord>): CommandRecord => ({
  source: 'order-protection',
  resolutionId,
  kind: 'refund',
  amount: REFUND.amount,
  terms: { items: REFUND.items, shippingAddress: null, unconfirmedAddress: null },
  commandedAt: NOW,
  sentAt: NOW,
  answer: null,
  answeredAt: null,
  reportedAt: null,
  withdrawnAt: null,
  ...said,
});
const sent = (state = commandedClaim()): ClaimState => commandSent(state, idOf(state), NOW);

describe('an operator who overrides a command', () => {
  test('has it withdrawn first, then other terms commanded under a new id', () => {
    const state = override(sent(), { amount: LESS });
    expect(progresses(state)).toEqual(['refund 28.62 withdrawn', 'refund 20.00 commanded']);
    expect(state.resolutions.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
    expect(commandStep(state)).toEqual({ do: 'withdraw', resolutionId: idOf(state) });
    const told = withdrawalTold(state, idOf(state), null, NOW);
    expect(commandStep(told)).toMatchObject({ do: 'sendCommand', resolution: { id: idOf(state, 1), amount: LESS } });
    expect(told.timeline).toContainEqual({
      at: NOW,
      what: `resolution ${idOf(state)} overridden by refund ${idOf(state, 1)} of 20.00 USD: looked at it`,
      by: 'ops@brand',
    });
  });

  test('can have the lines shipped again, to the address of the order', () => {
    const state = override(sent(), { kind: 'reship' });
    expect(state.resolutions[1]).toMatchObject({
      kind: 'reship',
      amount: null,
      items: REFUND.items,
      shippingAddress: { address1: '18 Harbour Rd' },
    });
  });

  test('leaves the other resolutions of the claim alone', () => {
    const state = override(commandedClaim([REFUND, RESHIP]), { amount: LESS });
    expect(progresses(state)).toEqual(['refund 28.62 withdrawn', 'reship - commanded', 'refund 20.00 commanded']);
  });

  test('has said how the approval is carried out: sent again it is nothing new, with still other terms it is asked about', () => {
    const state = override(sent(), { amount: LESS });
    const approve = (key: string, resolution: object, occurredAt: string): ClaimState => {
      const event = anEvent('approved', key, { occurredAt, claim: { resolutions: [resolution] as never } });
      const heard = hear(state, event, [], NOW);
      return commitReady(readBack(heard, aReading({ resolutions: [resolution] as never }), heard.unread, NOW), NOW);
    };
    const again = approve('c', REFUND, '2026-03-05T09:00:00Z');
    expect([progresses(again), attentionOf(again, NOW)]).toEqual([progresses(state), 'none']);
    const other = approve('d', { ...REFUND, amount: { amount: '40.00', currency: 'USD' } }, '2026-03-05T09:00:00Z');
    expect([progresses(other), attentionOf(other, NOW)]).toEqual([progresses(state), 'contradiction']);
  });
});

test('what the brand has declined is settled by other terms, and the brand is not told to let it be', () => {
  const declined = answered(sent(), DECLINED);
  expect(attentionOf(declined, NOW)).toBe('declined');
  const state = override(declined, { kind: 'reship' });
  expect(attentionOf(state, NOW)).toBe('none');
  expect(commandStep(state)).toMatchObject({ do: 'sendCommand', resolution: { kind: 'reship' } });
  expect(viewOf(state, NOW).resolutions[0]).toMatchObject({ state: 'withdrawn', answer: DECLINED });
});

describe('an approval that is not commanded yet', () => {
  const unconfirmed = hear(aClaim(), anEvent('approved', 'b', { claim: { resolutions: [REFUND] } }), [], NOW);

  test('is never commanded; the other terms are, and the brand is told of nothing else', () => {
    const state = override(unconfirmed, { amount: LESS });
    expect(progresses(state)).toEqual(['refund 28.62 withdrawn', 'refund 20.00 commanded']);
    expect(new Set(state.resolutions.map(({ id }) => id)).size).toBe(2);
    expect(commandStep(state)).toMatchObject({ do: 'sendCommand', resolution: { amount: LESS } });
    const read = commitReady(readBack(state, aReading(), state.unread, NOW), NOW);
    expect(progresses(read)).toEqual(progresses(state));
    expect(phaseOf(read)).toBe('awaitingBrand');
  });

  test('takes older commands with it, which must not be acted on beside it', () => {
    const other = { ...REFUND, amount: { amount: '40.00', currency: 'USD' } };
    const event = anEvent('approved', 'c', { occurredAt: '2026-03-03T09:00:00Z', claim: { resolutions: [other] } });
    const heard = hear(sent(), event, [], NOW);
    const again = commitReady(readBack(heard, aReading({ resolutions: [other] }), heard.unread, NOW), NOW);
    expect(attentionOf(again, NOW)).toBe('contradiction');
    const state = override(again, { amount: LESS });
    expect(progresses(state)).toEqual(['refund 28.62 withdrawn', 'refund 40.00 withdrawn', 'refund 20.00 commanded']);
    expect(commandStep(state)).toEqual({ do: 'withdraw', resolutionId: state.resolutions[0]?.id });
    expect(state.resolutions[2]?.insteadOf).toEqual([state.resolutions[1]?.id, state.resolutions[0]?.id]);
  });

  test('of a kind that nobody can be told becomes one that can', () => {
    const credit = { kind: 'store_credit', items: REFUND.items, amount: { amount: '5.00', currency: 'USD' } };
    expect(progresses(override(commandedClaim([credit])))).toEqual([
      'store_credit 5.00 withdrawn',
      'refund 5.00 commanded',
    ]);
  });
});

describe('an answer to what was overridden', () => {
  const overridden = override(sent(), { amount: LESS });
  const old = idOf(overridden);
  const instead = idOf(overridden, 1);

  test.each([
    ['that came before the withdrawal', withdrawalTold(overridden, old, REFUNDED, NOW)],
    [
      'that comes late, while the other terms are not sent',
      answered(withdrawalTold(overridden, old, null, NOW), REFUNDED, old),
    ],
    [
      'that comes late, while the other terms are out',
      answered(commandSent(withdrawalTold(overridden, old, null, NOW), instead, NOW), REFUNDED, old),
    ],
    ['that is heard of twice', withdrawalTold(answered(overridden, REFUNDED, old), old, REFUNDED, NOW)],
  ])('%s is kept, the other terms are taken back, and an operator is asked about both', (_when, state) => {
    expect(viewOf(state, NOW)).toMatchObject({
      attention: 'contradiction',
      resolutions: [
        { id: old, state: 'withdrawn', answer: REFUNDED, question: 'answered (refunded) although it was withdrawn' },
        { id: instead, state: 'withdrawn', question: `${old}, whose place it takes, was carried out` },
      ],
    });
    expect(commandStep(state)).not.toMatchObject({ do: 'sendCommand' });
    const settle = (current: ClaimState, resolutionId: string, accept: boolean): ClaimState =>
      confirmResolution(current, { ...RULING, resolutionId, accept }, NOW);
    const settled = settle(settle(state, old, true), instead, false);
    expect([attentionOf(settled, NOW), phaseOf(settled)]).toEqual(['none', 'reporting']);
  });

  test('that the ledger has and the run that ended did not hear of asks as well', () => {
    const told = withdrawalTold(overridden, old, null, NOW);
    const done = reported(
      answered(commandSent(told, instead, NOW), { ...REFUNDED, ...LESS }, instead),
      instead,
      null,
      NOW,
    );
    const record = recordOf(old, { answer: REFUNDED, answeredAt: NOW, withdrawnAt: NOW });
    const asked = restoreClaim(aClaim(), POLICY, done, [record], NOW);
    expect(attentionOf(asked, NOW)).toBe('contradiction');
    expect(attentionOf(restoreClaim(aClaim(), POLICY, asked, [record], NOW), NOW)).toBe('contradiction');
    const settled = confirmResolution(asked, { ...RULING, resolutionId: old, accept: false }, NOW);
    expect(attentionOf(restoreClaim(aClaim(), POLICY, settled, [record], NOW), NOW)).toBe('none');
    expect(attentionOf(restoreClaim(aClaim(), POLICY, null, [record], NOW), NOW)).toBe('contradiction');
  });
});

describe('a run that begins from the ledger alone', () => {
  const [old, instead] = ['res_old', 'res_new'];
  const records = [
    recordOf(old, { withdrawnAt: later(NOW, 61) }),
    recordOf(instead, { amount: LESS, commandedAt: later(NOW, 60) }),
  ];

  test('takes a command to be in the place of those that were withdrawn before: a late answer to one takes it back', () => {
    const state = restoreClaim(aClaim(), POLICY, null, records, NOW);
    expect(progresses(state)).toEqual(['refund 28.62 withdrawn', 'refund 20.00 commanded']);
    expect(progresses(answered(state, REFUNDED, old))).toEqual(['refund 28.62 withdrawn', 'refund 20.00 withdrawn']);
  });

  test('does so as well when the late answer is in the ledger, unless it was there before the command', () => {
    const answeredAt = (seconds: number): CommandRecord[] =>
      records.map((one) =>
        one.resolutionId === old ? { ...one, answer: REFUNDED, answeredAt: later(NOW, seconds) } : one,
      );
    const progressesFrom = (all: CommandRecord[]): string[] =>
      progresses(restoreClaim(aClaim(), POLICY, null, all, NOW));
    expect(progressesFrom(answeredAt(90))).toEqual(['refund 28.62 withdrawn', 'refund 20.00 withdrawn']);
    expect(progressesFrom(answeredAt(30))).toEqual(['refund 28.62 withdrawn', 'refund 20.00 commanded']);
  });
});

test('terms of a claim that an earlier version kept are overridden like any', () => {
  const kept = {
    ...sent(),
    resolutions: sent().resolutions.map(({ insteadOf: _, despite: _despite, approvedAs: _as, ...rest }) => rest),
  } as unknown as ClaimState;
  const restored = restoreClaim(aClaim(), POLICY, kept, [], NOW);
  expect(progresses(override(restored, { amount: LESS }))).toEqual([
    'refund 28.62 withdrawn',
    'refund 20.00 commanded',
  ]);
});

describe('other terms are refused', () => {
  const state = sent();

  test.each<[string, ClaimState, Partial<OverrideRuling>, string | RegExp]>([
    ['for what there is not', state, { resolutionId: 'res_0' }, 'there is no resolution res_0'],
    [
      'for what the brand has done',
      answered(state),
      {},
      /the brand has answered .* \(refunded\): what is done stays done/,
    ],
    ['for what is withdrawn and not asked about', override(state), {}, /is withdrawn/],
    ['for a closed claim', closeClaim(state, RULING, NOW), { resolutionId: idOf(state) }, /closed/],
    ['of a kind that no brand can be told', state, { kind: 'store_credit' }, 'kind must be "refund" or "reship"'],
    ['with money that is none', state, { amount: 5 as never }, /amount must be money/],
    ['with money in words', state, { amount: { amount: 'five', currency: 'USD' } }, /amount must be money/],
    ['with no money at all', state, { amount: { amount: '0', currency: 'USD' } }, 'amount must be more than nothing'],
    ['for a reship with an amount', state, { kind: 'reship', amount: LESS }, 'a reship has no amount'],
    ['for a refund of what has no price', commandedClaim([RESHIP]), {}, 'a refund needs an amount: none was approved'],
  ])('%s', (_what, claim, terms, expected) => {
    expect(refusal(claim, terms)).toMatch(expected);
  });

  test('nowhere else', () => {
    expect(refusal(state, { amount: LESS })).toBeNull();
    expect(refusal(answered(state, DECLINED))).toBeNull();
    expect(refusal(hear(state, anEvent('denied', 'c', { occurredAt: '2026-03-04T09:00:00Z' }), [], NOW))).toBeNull();
  });
});
