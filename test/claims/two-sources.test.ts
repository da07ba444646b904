import fc from 'fast-check';
import { attentionOf } from '../../src/claims/attention';
import { commitReady } from '../../src/claims/commit';
import { type ClaimEvent, type DecidedResolution } from '../../src/claims/event';
import { known } from '../../src/claims/facts';
import { hear } from '../../src/claims/hear';
import { lossOf, mayOverlap, type Loss, type Rival } from '../../src/claims/loss';
import { nextOf, type Step } from '../../src/claims/next';
import { closeClaim, confirmResolution, refusalToConfirm, retrySync } from '../../src/claims/operate';
import { commandHeldBack, commandSent, decisionEntered } from '../../src/claims/outcome';
import { phaseOf } from '../../src/claims/phase';
import { readBack } from '../../src/claims/read-back';
import { type ClaimState } from '../../src/claims/state';
import { viewOf } from '../../src/claims/view';
import { aClaim, anEvent, aReading, CLAIM_ID, NOW, REFUND, RESHIP } from './events';

const RULING = { actor: 'op@acme', reason: 'asked Karla' };
const KARLA: Rival = { source: 'karla', claimId: 'k-1' };
const OP: Rival = { source: 'order-protection', claimId: 'cm-1' };

const approvedAtOrderProtection = (): ClaimState => {
  const heard = hear(aClaim(), anEvent('approved', 'a', { claim: { resolutions: [REFUND] } }), [], NOW);
  return commitReady(readBack(heard, aReading(), heard.unread, NOW), NOW);
};
const contested = (rivals = [KARLA]): ClaimState => {
  const state = approvedAtOrderProtection();
  return commandHeldBack(state, idIn(state), rivals, NOW);
};
const idIn = (state: ClaimState): string => viewOf(state, NOW).resolutions[0]?.id ?? 'none';
const confirm = (state: ClaimState, accept: boolean): ClaimState =>
  commitReady(confirmResolution(state, { ...RULING, resolutionId: idIn(state), accept }, NOW), NOW);
const looks = (state: ClaimState) => [phaseOf(state), attentionOf(state, NOW)];
const stepOf = (state: ClaimState, lane: 'source' | 'command' = 'command'): Step | null => {
  const next = nextOf(lane, state, NOW);
  return next !== null && 'step' in next ? next.step : null;
};

describe('a command that is held back, because another source approved the same', () => {
  test('is a proposal that says whose claim contests it', () => {
    const state = contested();
    expect(looks(state)).toEqual(['confirming', 'contradiction']);
    expect(viewOf(state, NOW).resolutions).toMatchObject([
      { state: 'proposed', dueAt: null, question: 'the same lines of the order were approved as claim k-1 of Karla' },
    ]);
    expect(stepOf(state)).toBeNull();
  });

  test('goes under the same id once an operator lets it, in spite of those that were shown', () => {
    const state = confirm(contested(), true);
    expect(state.resolutions).toMatchObject([{ id: idIn(contested()), despite: [KARLA] }]);
    expect(stepOf(state)).toMatchObject({ do: 'sendCommand', resolution: { despite: [KARLA] } });
    const again = confirm(commandHeldBack(state, idIn(state), [{ ...KARLA, claimId: 'k-2' }], NOW), true);
    expect(again.resolutions).toMatchObject([{ despite: [KARLA, { ...KARLA, claimId: 'k-2' }] }]);
  });

  test('never goes once an operator refuses it, also when it is approved again with the same terms', () => {
    const refused = confirm(contested(), false);
    const again = hear(refused, anEvent('approved', 'b', { claim: { resolutions: [REFUND] } }), [], NOW);
    for (const state of [refused, commitReady(readBack(again, aReading(), again.unread, NOW), NOW)]) {
      expect(state.resolutions).toEqual([]);
      expect(stepOf(state)).toBeNull();
      expect(attentionOf(state, NOW)).toBe('none');
    }
  });

  test('is looked at again by a retry: the other claim may have been denied', () => {
    expect(stepOf(retrySync(contested(), RULING, NOW))).toMatchObject({
      do: 'sendCommand',
      resolution: { despite: [] },
    });
  });

  test.each<[string, (state: ClaimState) => ClaimState]>([
    ['denied', (state) => hear(state, anEvent('denied', 'b', { occurredAt: '2026-03-04T00:00:00Z' }), [], NOW)],
    ['closed', (state) => closeClaim(state, RULING, NOW)],
  ])('%s: nobody was told, so nobody is told of a withdrawal and no operator is asked', (phase, end) => {
    const state = end(contested());
    expect(looks(state)).toEqual([phase, 'none']);
    expect(stepOf(state)).toBeNull();
  });
});

/** The book of losses was told what it is to be told. */
function entered(state: ClaimState, rivals: Rival[] = []): ClaimState {
  const step = stepOf(state, 'source');
  if (step?.do !== 'enterDecision') throw new Error(`nothing is to be entered: ${JSON.stringify(step)}`);
  return decisionEntered(state, step, rivals, NOW);
}

const acceptedAtKarla = (rule: 'shown' | 'operator', rivals: Rival[] = [OP]): ClaimState => {
  const event = anEvent('approved', 'k', {
    source: 'karla',
    claim: { resolutions: [RESHIP] },
    customer: { email: 'mira@example.test' },
  });
  const state = commitReady(hear(aClaim({ approvals: { karla: rule } }), event, [], NOW), NOW);
  return commitReady(entered(state, rivals), NOW);
};

describe('an acceptance of Karla', () => {
  test('is entered once more when its order becomes known only later', () => {
    const accepted = anEvent('approved', 'k', { source: 'karla', claim: { resolutions: [{ kind: 'refund' }] } });
    const known = entered(hear(aClaim(), accepted, [], NOW));
    expect(stepOf(known, 'source')).toBeNull();
    const filed = anEvent('created', 'f', {
      source: 'karla',
      occurredAt: '2026-03-01T00:00:00Z',
      order: { sourceOrderId: 'shop-77120' },
      claim: { items: RESHIP.items },
    });
    const told = hear(known, filed, [], NOW);
    expect(stepOf(told, 'source')).toMatchObject({
      do: 'enterDecision',
      key: 'k',
      loss: { orderNames: ['shop-77120'], lines: [{ lineItemId: 'li-9002', sku: 'MUG-4' }] },
    });
    expect(stepOf(entered(told), 'source')).toBeNull();
  });

  test('is entered with its order and lines before anything comes of it; a rejection takes it out', () => {
    const order = { sourceOrderId: 'shop-77120', number: '#10482' };
    const accepted = hear(
      aClaim(),
      anEvent('approved', 'k', { source: 'karla', order, claim: { resolutions: [RESHIP] } }),
      [],
      NOW,
    );
    const loss = { orderNames: ['10482', 'shop-77120'], lines: [{ lineItemId: 'li-9002', sku: 'MUG-4' }] };
    expect(stepOf(accepted, 'source')).toEqual({ do: 'enterDecision', source: 'karla', key: 'k', loss });
    const known = entered(accepted);
    expect(stepOf(known, 'source')).toBeNull();
    const later = { source: 'karla', occurredAt: '2026-03-04T00:00:00Z' } as const;
    for (const event of [
      anEvent('denied', 'd', later),
      anEvent('updated', 'u', { ...later, claim: { status: 'open' } }),
    ])
      expect(stepOf(hear(known, event, [], NOW), 'source')).toMatchObject({ do: 'enterDecision', loss: null });
  });

  test('that is only shown asks for an operator when another source pays for the same, and is settled by his word, which commands nothing', () => {
    const state = acceptedAtKarla('shown');
    expect(looks(state)).toEqual(['confirming', 'contradiction']);
    expect(viewOf(state, NOW).resolutions).toMatchObject([
      { question: expect.stringContaining('cm-1 of Order Protection') },
    ]);
    for (const accept of [true, false]) {
      const settled = confirm(state, accept);
      expect(looks(settled)).toEqual(['settled', 'none']);
      expect(settled.resolutions).toEqual([]);
      const withCommands = { ...settled, policy: { ...settled.policy, approvals: { karla: 'operator' as const } } };
      expect(commitReady(withCommands, NOW).resolutions).toEqual([]);
    }
  });

  test('with commands asks as a contradiction, and once confirmed is commanded in spite of the claim that was shown', () => {
    const state = acceptedAtKarla('operator');
    expect(attentionOf(state, NOW)).toBe('contradiction');
    expect(confirm(state, true).resolutions).toMatchObject([{ despite: [OP] }]);
  });

  test('that was confirmed before anybody knew of the other claim is held back and asked once more', () => {
    const commanded = confirm(acceptedAtKarla('operator', []), true);
    const state = commandHeldBack(commanded, idIn(commanded), [OP], NOW);
    expect(attentionOf(state, NOW)).toBe('contradiction');
    expect(refusalToConfirm(state, { ...RULING, resolutionId: idIn(state), accept: true })).toBeNull();
  });
});

describe('two lines', () => {
  test.each<[string, object[], object[], boolean]>([
    ['with one id', [{ lineItemId: 'a' }], [{ lineItemId: 'a' }], true],
    ['with other ids', [{ lineItemId: 'a' }], [{ lineItemId: 'b' }], false],
    ['with one SKU, whatever its case', [{ lineItemId: 'a', sku: 'KTL' }], [{ sku: 'ktl ' }], true],
    ['with other SKUs', [{ lineItemId: 'a', sku: 'KTL' }], [{ sku: 'MUG' }], false],
    ['with nothing to compare', [{ lineItemId: 'a' }], [{ sku: 'MUG' }], true],
    ['of which one is not said', [{ sku: 'KTL' }], [], true],
    ['among several', [{ sku: 'KTL' }, { sku: 'MUG' }], [{ sku: 'CUP' }, { sku: 'MUG' }], true],
  ])('%s', (_name, ours, theirs, may) => {
    expect([mayOverlap(ours, theirs), mayOverlap(theirs, ours)]).toEqual([may, may]);
  });
});

test.each<[string, object, string[]]>([
  ['the number as people write it', { sourceOrderId: 'BR-20417', number: '#20417' }, ['20417', 'br-20417']],
  ['one name twice', { sourceOrderId: '#20417', number: '20417' }, ['20417']],
  ['no name', { sourceOrderId: null, number: ' # ' }, []],
])('an order is known by %s', (_name, order, names) => {
  expect(lossOf(order, []).orderNames).toEqual(names);
});

/** The book of losses, as the database keeps it. */
class Book {
  readonly entries: { claim: Rival; id: string; loss: Loss }[] = [];

  enter(claim: Rival, id: string, loss: Loss | null): Rival[] {
    const others = this.entries.filter((entry) => entry.claim.source !== claim.source || entry.id !== id);
    this.entries.splice(0, Infinity, ...others, ...(loss === null ? [] : [{ claim, id, loss }]));
    return loss === null ? [] : this.rivals(claim, loss);
  }

  rivals(claim: Rival, loss: Loss): Rival[] {
    const others = this.entries.filter(({ claim: other, loss: theirs }) => {
      const isOneOrder = theirs.orderNames.some((name) => loss.orderNames.includes(name));
      return other.source !== claim.source && isOneOrder && mayOverlap(loss.lines, theirs.lines);
    });
    return others.map((entry) => entry.claim);
  }
}

type Side = 'order-protection' | 'karla';
interface World {
  claims: Record<Side, ClaimState>;
  book: Book;
  commanded: { side: Side; loss: Loss }[];
}

/** Does what the lane of one claim is to do next, as the workflow and its activities would. */
function run(world: World, side: Side): boolean {
  const state = world.claims[side];
  const claim = { source: side, claimId: CLAIM_ID };
  const settle = (change: ClaimState): true => {
    world.claims[side] = commitReady(change, NOW);
    return true;
  };
  const entry = stepOf(state, 'source');
  if (entry?.do === 'enterDecision')
    return settle(decisionEntered(state, entry, world.book.enter(claim, 'itself', entry.loss), NOW));
  if (entry?.do === 'readClaim') {
    const { resolutions } = state.decision?.verdict === 'approved' ? state.decision : { resolutions: [] };
    return settle(readBack(state, aReading({ resolutions }), entry.covering, NOW));
  }
  const step = stepOf(state);
  if (step?.do !== 'sendCommand') return false;
  const { id, items, despite } = step.resolution;
  const loss = lossOf(known(state.facts.order), items);
  const rivals = world.book
    .rivals(claim, loss)
    .filter((rival) => !despite.some(({ source }) => source === rival.source));
  if (rivals.length > 0) return settle(commandHeldBack(state, id, rivals, NOW));
  world.book.enter(claim, id, loss);
  world.commanded.push({ side, loss });
  return settle(commandSent(state, id, NOW));
}

test('in whatever order two sources decide and their claims get to act, nothing is paid twice, and that both approved is seen', () => {
  const lines = fc.constantFrom<DecidedResolution[]>([REFUND], [RESHIP], [REFUND, RESHIP]);
  const minute = fc.integer({ min: 0, max: 9 });
  const happening = fc.oneof(
    fc.record({
      side: fc.constantFrom<Side>('order-protection', 'karla'),
      kind: fc.constant('approved' as const),
      minute,
      lines,
    }),
    fc.record({
      side: fc.constant<Side>('karla'),
      kind: fc.constantFrom('denied' as const, 'updated' as const),
      minute,
      lines,
    }),
    fc.record({ side: fc.constantFrom<Side>('order-protection', 'karla'), kind: fc.constant('act' as const) }),
  );
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 16 }), (happenings) => {
      const claims = { 'order-protection': aClaim(), karla: aClaim() };
      const world: World = { claims, book: new Book(), commanded: [] };
      happenings.forEach((one, index) => {
        if (one.kind === 'act') return void run(world, one.side);
        const claim: Partial<ClaimEvent['claim']> =
          one.kind === 'updated' ? { status: 'open' } : { resolutions: one.lines };
        const occurredAt = `2026-03-02T09:0${one.minute}:00.000Z`;
        const order = { sourceOrderId: 'BR-20417' };
        const event = anEvent(one.kind, `e-${index}`, { source: one.side, occurredAt, order, claim });
        world.claims[one.side] = commitReady(hear(world.claims[one.side], event, [], NOW), NOW);
      });
      while (run(world, 'karla') || run(world, 'order-protection'));
      expect(world.commanded.filter(({ side }) => side === 'karla')).toEqual([]);
      const approved = world.book.entries.filter(({ id }) => id === 'itself');
      const both = world.commanded.some(({ loss }) =>
        approved.some((other) => mayOverlap(loss.lines, other.loss.lines)),
      );
      if (both) expect(Object.values(world.claims).map((state) => attentionOf(state, NOW))).toContain('contradiction');
    }),
    { numRuns: 1_000 },
  );
});
