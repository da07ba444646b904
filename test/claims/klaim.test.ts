import { caseFile } from '../../src/claims/case-file';
import { hear } from '../../src/claims/hear';
import { identityOf } from '../../src/claims/identity';
import { type MatchedBy } from '../../src/claims/klaim';
import { nextOf, type Step } from '../../src/claims/next';
import { refusalToRelink, relinkCustomer } from '../../src/claims/operate';
import { failed, klaimRelinked, klaimSynced } from '../../src/claims/outcome';
import { readBack } from '../../src/claims/read-back';
import { restoreClaim } from '../../src/claims/restore';
import { beginClaim, type ClaimState } from '../../src/claims/state';
import { viewOf } from '../../src/claims/view';
import { aClaim, anEvent, aReading, CLAIM_ID, NOW, POLICY } from './events';

const LATER = '2026-03-10T12:00:01.000Z';
const RIGHT = '68f0a1b2c3d4e5f607182930';
const RULING = { actor: 'token tok_7', reason: 'Ana claimed for Mira', customerId: RIGHT };

const read = (customer: object): ClaimState => {
  const filed = hear(aClaim(), anEvent('created', 'a'), [], NOW);
  const reading = aReading({ status: 'open', resolutions: [], customer });
  return readBack(filed, reading, filed.unread, NOW);
};

function stepOf(state: ClaimState, now = NOW): Step {
  const next = nextOf('klaim', state, now);
  if (next === null || !('step' in next)) throw new Error(`nothing to do: ${JSON.stringify(next)}`);
  return next.step;
}

function synced(state: ClaimState, matchedBy: MatchedBy = 'email', customerId = 'c1', klaimId = 'k1'): ClaimState {
  const step = stepOf({ ...state, klaim: state.klaim === null ? null : { ...state.klaim, digest: '' } });
  if (step.do !== 'syncKlaim') throw new Error(step.do);
  return klaimSynced(state, { klaimId, customerId, matchedBy, mappingVersion: 0 }, step.digest, NOW);
}

const lastLine = ({ timeline }: ClaimState) => timeline.at(-1);
const ordinary = synced(read({ email: 'mira@example.test' }));

describe('who a claim is from', () => {
  const said = (customer: object) => identityOf(read(customer));

  test("the order's e-mail is a mark of its own where it is another than the claim's", () => {
    expect(said({ email: 'a@x.example', orderEmail: 'b@x.example' })).toMatchObject({
      email: 'a@x.example',
      orderEmail: 'b@x.example',
    });
    expect(said({ email: 'A@x.example ', orderEmail: 'a@x.example' }).orderEmail).toBeNull();
    expect(said({ orderEmail: 'b@x.example' })).toMatchObject({ email: 'b@x.example', orderEmail: null });
  });

  test.each([
    ['US', 'US'],
    ['Germany', 'DE'],
    ['Atlantis', null],
    [undefined, null],
  ])('a phone is read by the country of the order: %s is %s', (country, code) => {
    const state = read({});
    const order = { ...state.facts.order, shippingAddress: { value: { country }, at: NOW, rank: 9, key: 'z' } };
    expect(identityOf({ ...state, facts: { ...state.facts, order } as ClaimState['facts'] }).country).toBe(code);
  });
});

describe('how the customer was found', () => {
  test.each([
    ['email', { email: 'a@x.example' }, "found by the claim's e-mail"],
    [
      'email',
      { email: 'a@x.example', orderEmail: 'b@x.example' },
      "found by the claim's e-mail; the order has another e-mail",
    ],
    [
      'orderEmail',
      { email: 'a@x.example', orderEmail: 'b@x.example' },
      "found by the order's e-mail, which is not the claim's",
    ],
    ['externalId', { email: 'a@x.example', externalId: 's-9' }, 'found by the external id'],
    ['created', { email: 'a@x.example' }, 'made for the claim'],
  ] as const)('%s is told in the timeline and shown', (matchedBy, customer, text) => {
    const state = synced(read(customer), matchedBy);
    expect(lastLine(state)?.what).toBe(`Klaim k1 written under customer c1, ${text}`);
    const view = viewOf(state, NOW);
    expect(view.klaim).toMatchObject({ id: 'k1', customerId: 'c1', matchedBy });
    expect(caseFile(view)).toContain(`Klaim \`k1\` of customer \`c1\` (${text.split(';')[0]}), up to date`);
  });

  test('stays as it was found while later writes only find the Klaim', () => {
    expect(synced(ordinary, 'existing').klaim?.matchedBy).toBe('email');
  });

  test('is not known any more once the Klaim is with somebody else, and that is told', () => {
    const moved = synced(ordinary, 'existing', 'c2');
    expect(moved.klaim).toMatchObject({ customerId: 'c2', matchedBy: 'existing' });
    expect(lastLine(moved)?.what).toBe('Klaim brought up to date; it is under customer c2 now');
  });
});

describe('an operator who names the customer', () => {
  const ordered = relinkCustomer(ordinary, RULING, NOW);
  const order = stepOf(ordered);
  if (order.do !== 'relinkKlaim') throw new Error(order.do);
  const done = {
    klaimId: 'k2',
    customerId: RIGHT,
    matchedBy: 'operator' as const,
    mappingVersion: 0,
    retired: [{ klaimId: 'k1', how: 'deleted' as const }],
  };

  test('has the Klaim moved, though it is up to date; who and why stands in the timeline', () => {
    expect(order).toMatchObject({
      customer: { customerId: RIGHT, email: 'mira@example.test' },
      known: { klaimId: 'k1', customerId: 'c1' },
    });
    expect(lastLine(ordered)).toEqual({
      at: NOW,
      what: `Klaim to customer ${RIGHT}: ${RULING.reason}`,
      by: RULING.actor,
    });
    expect(viewOf(ordered, NOW).klaim?.inSync).toBe(false);
  });

  test('need not wait out a failure', () => {
    const waiting = failed(ordinary, 'klaim', { kind: 'unavailable', message: 'down' }, NOW);
    expect(stepOf(relinkCustomer(waiting, RULING, NOW)).do).toBe('relinkKlaim');
  });

  test('is obeyed again and again until it is done', () => {
    const waiting = failed(ordered, 'klaim', { kind: 'unavailable', message: 'down' }, NOW);
    expect(stepOf(waiting, '2026-03-10T12:01:00.000Z').do).toBe('relinkKlaim');
  });

  test('reads what became of the old Klaim; later writes know the customer', () => {
    const moved = klaimRelinked(ordered, done, order, LATER);
    expect(lastLine(moved)?.what).toBe(`Klaim k2 is under customer ${RIGHT}, named by an operator; Klaim k1 deleted`);
    expect(viewOf(moved, LATER).klaim).toMatchObject({
      id: 'k2',
      customerId: RIGHT,
      matchedBy: 'operator',
      inSync: true,
    });
    expect(nextOf('klaim', moved, LATER)).toBeNull();
    expect(identityOf(moved).customerId).toBe(RIGHT);
    expect(identityOf(restoreClaim(moved, POLICY, moved, [], LATER)).customerId).toBe(RIGHT);
  });

  test('is told when there is no such customer; the Klaim is then looked after as before', () => {
    const refused = klaimRelinked(ordered, { refused: 'there is no such customer' }, order, LATER);
    expect(lastLine(refused)?.what).toBe('refused: relink: there is no such customer');
    expect(stepOf(refused)).toMatchObject({ do: 'syncKlaim', customer: { customerId: null } });
  });

  test.each([
    ['while the first order is carried out', LATER],
    ['at the very time of the first order', NOW],
  ])('may change their mind %s', (_when, at) => {
    const other = { ...RULING, customerId: 'a'.repeat(24) };
    const after = klaimRelinked(relinkCustomer(ordered, other, at), done, order, LATER);
    expect(stepOf(after)).toMatchObject({ do: 'relinkKlaim', customer: { customerId: other.customerId } });
  });

  test('helps a claim of nobody to its Klaim', () => {
    const nameless = read({ phone: '+13125550142' });
    expect(nextOf('klaim', nameless, NOW)).toBeNull();
    expect(viewOf(nameless, NOW).attention).toBe('noCustomer');
    expect(stepOf(relinkCustomer(nameless, RULING, NOW))).toMatchObject({ do: 'relinkKlaim', known: null });
  });

  test.each(['', 'mira@example.test', '68F0A1B2C3D4E5F607182930', `${RIGHT},${RIGHT}`, undefined, 7])(
    'is refused what is no id of Kustomer: %j',
    (customerId) => {
      const ruling = { ...RULING, customerId } as unknown as typeof RULING;
      expect(refusalToRelink(ordinary, ruling)).toContain('24 hexadecimal digits');
    },
  );
});

test('a state that an earlier version kept lacks nothing when it is taken up', () => {
  const { relink: _relink, linkedTo: _linkedTo, ...kept } = ordinary;
  const restored = restoreClaim(ordinary, POLICY, kept as ClaimState, [], LATER);
  expect(restored).toMatchObject({ relink: null, linkedTo: null, klaim: { klaimId: 'k1' } });
  expect(Object.keys(restored).sort()).toEqual(Object.keys(beginClaim('acme', CLAIM_ID, POLICY, NOW)).sort());
});
