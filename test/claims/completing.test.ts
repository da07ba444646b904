import { later } from '../../src/claims/lane';
import { completesAt, nextOf } from '../../src/claims/next';
import { closeClaim, overrideResolution } from '../../src/claims/operate';
import { commandSent, failed, klaimSynced, mappingChanged, withdrawalTold } from '../../src/claims/outcome';
import { type ClaimState } from '../../src/claims/state';
import { NOW } from './events';
import { answered, commandedClaim, RULING } from './operated';

const A_DAY_ON = later(NOW, 24 * 3_600);
const down = { kind: 'unavailable', message: 'ECONNREFUSED' } as const;
const gone = { kind: 'gone', message: '410' } as const;
const idOf = (state: ClaimState): string => state.resolutions[0]?.id ?? '';
const sent = (): ClaimState => commandSent(commandedClaim(), idOf(commandedClaim()), NOW);

describe('a claim that was closed by hand', () => {
  const closed = (state = sent()): ClaimState => closeClaim(state, RULING, NOW);

  test('does not complete before the brand was told not to act', () => {
    const waiting = failed(closed(), 'command', down, NOW);
    expect(completesAt(waiting, A_DAY_ON)).toBeNull();
    expect(completesAt(withdrawalTold(waiting, idOf(waiting), null, NOW), NOW)).toBe(A_DAY_ON);
  });

  test('tells a brand that had gone once more, and does not wait for it', () => {
    const state = closed(failed(sent(), 'command', gone, NOW));
    expect(nextOf('command', state, NOW)).toMatchObject({ step: { do: 'withdraw' } });
    expect(completesAt(failed(state, 'command', gone, NOW), NOW)).toBe(A_DAY_ON);
  });

  test('does not complete before what the brand did is reported', () => {
    expect(completesAt(closed(answered(sent())), A_DAY_ON)).toBeNull();
  });

  test('does not wait for Kustomer', () => {
    const told = withdrawalTold(closed(), idOf(sent()), null, NOW);
    expect(completesAt(failed(told, 'klaim', down, NOW), NOW)).toBe(A_DAY_ON);
  });
});

test('other terms are sent at once, also to a brand that had gone', () => {
  const ruling = { ...RULING, resolutionId: idOf(sent()), kind: 'refund', amount: { amount: '5.00', currency: 'USD' } };
  const state = overrideResolution(failed(sent(), 'command', gone, NOW), ruling, NOW);
  expect(nextOf('command', state, NOW)).toMatchObject({ step: { do: 'withdraw' } });
});

test('a mapping that the database does not know is waited for, and not written again and again', () => {
  const state = mappingChanged(sent(), 7);
  const next = nextOf('klaim', state, NOW);
  const digest = next !== null && 'step' in next && next.step.do === 'syncKlaim' ? next.step.digest : '';
  const written = { klaimId: 'k', customerId: 'c', matchedBy: 'email', mappingVersion: 5 } as const;
  const synced = klaimSynced(state, written, digest, NOW);
  expect(nextOf('klaim', synced, NOW)).toEqual({ at: later(NOW, 2) });
  expect(nextOf('klaim', klaimSynced(synced, { ...written, mappingVersion: 7 }, digest, NOW), NOW)).toBeNull();
});
