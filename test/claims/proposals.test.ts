import { commitReady } from '../../src/claims/commit';
import { type ClaimEvent } from '../../src/claims/event';
import { hear } from '../../src/claims/hear';
import { attentionOf } from '../../src/claims/attention';
import { closeClaim, confirmResolution, refusalToConfirm } from '../../src/claims/operate';
import { completesAt } from '../../src/claims/next';
import { answerSettled, answerSignalled, withdrawalTold } from '../../src/claims/outcome';
import { phaseOf } from '../../src/claims/phase';
import { readBack } from '../../src/claims/read-back';
import { type ClaimReading } from '../../src/claims/source-claim';
import { type ClaimState, type Policy } from '../../src/claims/state';
import { upToDate } from '../../src/claims/up-to-date';
import { viewOf } from '../../src/claims/view';
import { aClaim, anEvent, aReading, NOW, REFUND, RESHIP } from './events';

const HOUR_LATER = '2026-03-10T13:00:01.000Z';
const RULING = { actor: 'ops@brand', reason: 'looked at it' };

type Happening = ClaimEvent | ClaimReading;

/** Lets things happen one after another; a reading speaks of everything heard before it. */
function after(happenings: readonly Happening[], policy: Partial<Policy> = {}): ClaimState {
  return happenings.reduce<ClaimState>((state, one) => {
    const next = 'found' in one ? readBack(state, one, state.unread, NOW) : hear(state, one, [], NOW);
    return commitReady(next, NOW);
  }, aClaim(policy));
}

const approved = (key: string, resolutions: unknown[] = [REFUND], occurredAt = '2026-03-02T09:20:00Z'): ClaimEvent =>
  anEvent('approved', key, { occurredAt, claim: { resolutions: resolutions as never } });
const denied = (key: string, occurredAt: string): ClaimEvent =>
  anEvent('denied', key, { occurredAt, claim: { denialReasons: ['NO_RESPONSE'] } });
const commanded = (state: ClaimState): string[] =>
  state.resolutions.map(({ kind, progress }) => `${kind} ${progress.state}`);

describe('an approval', () => {
  test('leads to no command before it was read back', () => {
    const state = after([anEvent('created', 'a'), approved('b')]);
    expect(state.resolutions).toEqual([]);
    expect(phaseOf(state)).toBe('confirming');
  });

  test('leads to one command per resolution once the source confirms it', () => {
    const state = after([approved('b', [REFUND, RESHIP]), aReading({ resolutions: [REFUND, RESHIP] })]);
    expect(commanded(state)).toEqual(['refund commanded', 'reship commanded']);
    expect(state.resolutions[1]?.shippingAddress).toMatchObject({ address1: '18 Harbour Rd' });
    expect(phaseOf(state)).toBe('awaitingBrand');
  });

  test('is not confirmed by a read that was started before it was heard', () => {
    const before = hear(aClaim(), anEvent('created', 'a'), [], NOW);
    const covering = before.unread;
    const state = commitReady(readBack(hear(before, approved('b'), [], NOW), aReading(), covering, NOW), NOW);
    expect(state.resolutions).toEqual([]);
  });

  test('that the source does not confirm asks for an operator after an hour', () => {
    const state = after([approved('b'), aReading({ status: 'open', resolutions: [] })]);
    expect(attentionOf(state, NOW)).toBe('none');
    expect(attentionOf(state, HOUR_LATER)).toBe('unconfirmed');
  });

  test('with another amount than the source states leads to no command', () => {
    const other = { ...REFUND, amount: { amount: '280.62', currency: 'USD' } };
    expect(after([approved('b', [other]), aReading()]).resolutions).toEqual([]);
  });

  test('of a claim that is resolved already is a contradiction', () => {
    const state = after([approved('b'), aReading({ status: 'resolved' })]);
    expect(state.resolutions).toEqual([]);
    expect(attentionOf(state, NOW)).toBe('contradiction');
  });

  test('sent again with the same terms under another key commands nothing new', () => {
    const state = after([approved('b'), aReading(), approved('c', [REFUND], '2026-03-03T09:00:00Z'), aReading()]);
    expect(commanded(state)).toEqual(['refund commanded']);
    expect(attentionOf(state, NOW)).toBe('none');
  });

  test('sent again with other terms after the command is held until an operator says so', () => {
    const more = { ...REFUND, amount: { amount: '40.00', currency: 'USD' } };
    const state = after([
      approved('b'),
      aReading(),
      approved('c', [more], '2026-03-03T09:00:00Z'),
      aReading({ resolutions: [more] }),
    ]);
    expect(commanded(state)).toEqual(['refund commanded']);
    expect(attentionOf(state, NOW)).toBe('contradiction');
    const proposed = viewOf(state, NOW).resolutions.find((one) => one.state === 'proposed');
    const ruled = commitReady(
      confirmResolution(state, { ...RULING, resolutionId: proposed?.id ?? '', accept: true }, NOW),
      NOW,
    );
    expect(commanded(ruled)).toEqual(['refund withdrawn', 'refund commanded']);
    expect(new Set(ruled.resolutions.map(({ id }) => id)).size).toBe(2);
  });

  test('of a kind that is neither refund nor reship is shown and waits for an operator, the rest goes on', () => {
    const credit = { kind: 'store_credit', amount: { amount: '5.00', currency: 'USD' } };
    const state = after([approved('b', [REFUND, credit]), aReading({ resolutions: [REFUND, credit] })]);
    expect(commanded(state)).toEqual(['refund commanded']);
    expect(attentionOf(state, NOW)).toBe('unknownResolution');
  });

  test('without items and amount is commanded once the read-back has supplied them', () => {
    const thin = { kind: 'refund', items: [{ lineItemId: 'li-9001', quantity: 1 }] };
    const state = after([approved('b', [thin]), aReading()]);
    expect(state.resolutions[0]?.amount).toEqual({ amount: '28.62', currency: 'USD' });
  });

  test('is commanded at once where the brand trusts webhooks', () => {
    expect(commanded(after([approved('b')], { approvals: { 'order-protection': 'commanded' } }))).toEqual([
      'refund commanded',
    ]);
  });

  test('whose address the order does not confirm does not ship there', () => {
    const elsewhere = {
      ...RESHIP,
      shippingAddress: { address1: '1 Thief Lane', city: 'Elsewhere', zip: '00001', country: 'US' },
    };
    const state = after([approved('b', [elsewhere]), aReading({ resolutions: [RESHIP] })]);
    expect(state.resolutions[0]).toMatchObject({
      shippingAddress: null,
      unconfirmedAddress: { address1: '1 Thief Lane' },
    });
  });
});

describe('a denial', () => {
  test('before any command leaves nothing to do, and a later approval is commanded as any', () => {
    const state = after([denied('a', '2026-03-02T09:00:00Z')]);
    expect(phaseOf(state)).toBe('denied');
    expect(attentionOf(state, NOW)).toBe('none');
    expect(commanded(after([denied('a', '2026-03-02T09:00:00Z'), approved('b'), aReading()]))).toEqual([
      'refund commanded',
    ]);
  });

  test('after the command withdraws it and asks', () => {
    const state = after([approved('b'), aReading(), denied('c', '2026-03-04T09:00:00Z')]);
    expect(commanded(state)).toEqual(['refund withdrawn']);
    expect(attentionOf(state, NOW)).toBe('contradiction');
  });

  test('that is older than the approval changes nothing', () => {
    const state = after([approved('b'), aReading(), denied('c', '2026-03-01T09:00:00Z')]);
    expect(commanded(state)).toEqual(['refund commanded']);
  });

  test('then approved again with the same terms commands nothing without an operator', () => {
    const again = approved('d', [REFUND], '2026-03-05T09:00:00Z');
    const state = after([approved('b'), aReading(), denied('c', '2026-03-04T09:00:00Z'), again, aReading()]);
    expect(commanded(state)).toEqual(['refund withdrawn']);
    expect(attentionOf(state, NOW)).toBe('contradiction');
  });
});

describe('an answer', () => {
  const refunded = { outcome: 'refunded', amount: '28.62', currency: 'USD' } as const;

  function answered(state: ClaimState): ClaimState {
    const completion = { resolutionId: state.resolutions[0]?.id ?? '', ...refunded };
    return answerSettled(answerSignalled(state, completion), completion, { accepted: true, answeredAt: NOW }, NOW);
  }

  test('moves the claim to reporting', () => {
    expect(phaseOf(answered(after([approved('b'), aReading()])))).toBe('reporting');
  });

  test('signalled again is nothing new', () => {
    const state = answered(after([approved('b'), aReading()]));
    expect(
      answerSignalled(state, { resolutionId: state.resolutions[0]?.id ?? '', ...refunded, amount: '28.620' }).answers,
    ).toEqual([]);
  });

  test('to a withdrawn command is kept and asks for an operator', () => {
    const state = answered(after([approved('b'), aReading(), denied('c', '2026-03-04T09:00:00Z')]));
    expect(viewOf(state, NOW).resolutions[0]).toMatchObject({ state: 'withdrawn', answer: refunded });
    expect(attentionOf(state, NOW)).toBe('contradiction');
  });
});

test('closing a claim withdraws what is open, and a later approval reopens it', () => {
  const state = closeClaim(after([approved('b'), aReading()]), RULING, NOW);
  expect(phaseOf(state)).toBe('closed');
  expect(commanded(state)).toEqual(['refund withdrawn']);
  const reopened = commitReady(hear(state, approved('d', [REFUND], '2026-03-06T09:00:00Z'), [], NOW), NOW);
  expect(phaseOf(reopened)).toBe('confirming');
});

test('an approval that was not confirmed when its claim was closed is never commanded, whatever a read says after', () => {
  const closed = closeClaim(after([approved('b')]), RULING, NOW);
  expect(commitReady(readBack(closed, aReading(), closed.unread, NOW), NOW).resolutions).toEqual([]);
});

test('an answer that comes after its claim was closed asks an operator, and the claim stays until it is settled', () => {
  const withdrawn = closeClaim(after([approved('b'), aReading()]), RULING, NOW);
  const resolutionId = withdrawn.resolutions[0]?.id ?? '';
  const closed = withdrawalTold(withdrawn, resolutionId, null, NOW);
  const completion = { resolutionId, outcome: 'refunded', amount: '28.62', currency: 'USD' } as const;
  const told = answerSettled(closed, completion, { accepted: true, answeredAt: NOW }, NOW);
  expect([attentionOf(told, NOW), completesAt(told, NOW)]).toEqual(['contradiction', null]);
  const settled = confirmResolution(told, { ...RULING, resolutionId, accept: false }, NOW);
  expect([attentionOf(settled, NOW), completesAt(settled, NOW)]).toEqual(['none', '2026-03-11T12:00:00.000Z']);
});

describe('an approval that an operator has refused', () => {
  const more = { ...REFUND, amount: { amount: '50.00', currency: 'USD' } };
  const settle = (state: ClaimState, accept: boolean): ClaimState => {
    const resolutionId = viewOf(state, NOW).resolutions.find((one) => one.state === 'proposed')?.id ?? '';
    return commitReady(confirmResolution(state, { ...RULING, resolutionId, accept }, NOW), NOW);
  };
  const again = (state: ClaimState, resolution: object): ClaimState => {
    const heard = hear(state, approved('c', [resolution], '2026-03-03T09:00:00Z'), [], NOW);
    return commitReady(readBack(heard, aReading({ resolutions: [resolution] as never }), heard.unread, NOW), NOW);
  };
  const refused = settle(after([approved('b', [more]), aReading()]), false);

  test('is not commanded when the same money is approved again', () => {
    const state = again(refused, { ...more, amount: { amount: '50', currency: 'USD' } });
    expect([commanded(state), viewOf(state, NOW).resolutions, attentionOf(state, NOW)]).toEqual([[], [], 'none']);
  });

  test('is asked about when other money is approved for the same lines, and commanded when the operator agrees', () => {
    const state = again(refused, REFUND);
    expect([commanded(state), attentionOf(state, NOW)]).toEqual([[], 'contradiction']);
    expect(commanded(settle(state, true))).toEqual(['refund commanded']);
  });

  test('stays refused for a claim that an earlier version kept, and what it had accepted is asked for anew', () => {
    const id = viewOf(after([approved('b')]), NOW).resolutions[0]?.id ?? '';
    const kept = (accept: boolean): ClaimState => ({ ...refused, rulings: { [id]: accept as never } });
    const state = again(upToDate(kept(false)), REFUND);
    expect([commanded(state), attentionOf(state, NOW)]).toEqual([[], 'contradiction']);
    expect(upToDate(kept(true)).rulings).toEqual({});
  });
});

test('whether a proposal is accepted is said by true or false and nothing else', () => {
  const state = after([approved('b'), aReading({ status: 'open', resolutions: [] })]);
  const resolutionId = viewOf(state, NOW).resolutions[0]?.id ?? '';
  for (const accept of ['false', 'true', 1, undefined, null])
    expect(refusalToConfirm(state, { ...RULING, resolutionId, accept: accept as never })).toBe(
      'accept must be true or false',
    );
});

test('a refused approval leaves the claim open: what comes of it is for its source to say', () => {
  const unconfirmed = after([approved('b'), aReading({ status: 'open', resolutions: [] })]);
  const resolutionId = viewOf(unconfirmed, NOW).resolutions[0]?.id ?? '';
  const refused = commitReady(confirmResolution(unconfirmed, { ...RULING, resolutionId, accept: false }, NOW), NOW);
  expect([phaseOf(refused), attentionOf(refused, HOUR_LATER)]).toEqual(['open', 'none']);
});
