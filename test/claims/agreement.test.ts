import fc from 'fast-check';
import { addressAgrees, agreement, complete } from '../../src/claims/agreement';
import { type Address, type DecidedResolution } from '../../src/claims/event';
import { type ClaimReading } from '../../src/claims/source-claim';

type Found = Extract<ClaimReading, { found: true }>;

const home: Address = {
  name: 'Ada Vale',
  address1: '18 Harbour Rd',
  city: 'Portland',
  state: 'OR',
  zip: '97201',
  country: 'US',
};
const kettle = { lineItemId: 'li-9001', sku: 'KTL-BLU', title: 'Kettle, blue', quantity: 1 };
const mugs = { lineItemId: 'li-9002', sku: 'MUG-4', title: 'Mug set', quantity: 2 };

function reading(resolutions: DecidedResolution[], over: Partial<Found> = {}): Found {
  return {
    found: true,
    status: 'approved',
    updatedAt: '2026-03-02T09:14:07.000Z',
    claim: { items: [kettle, mugs] },
    messages: [],
    resolutions,
    order: { sourceOrderId: 'BR-20417', shippingAddress: home },
    customer: {},
    ...over,
  };
}

const refund = (amount?: string, currency = 'USD'): DecidedResolution => ({
  kind: 'refund',
  items: [kettle],
  ...(amount === undefined ? {} : { amount: { amount, currency } }),
});
const paid = (amount?: string, currency = 'USD'): DecidedResolution => ({
  kind: 'refund',
  ...(amount === undefined ? {} : { amount: { amount, currency } }),
});
const reship: DecidedResolution = { kind: 'reship', items: [mugs] };

describe('agreement', () => {
  test.each<[string, DecidedResolution[], ClaimReading, string]>([
    ['the claim is not there', [refund('28.62')], { found: false }, 'notYet'],
    ['the claim is still open', [refund('28.62')], reading([paid('28.62')], { status: 'open' }), 'notYet'],
    ['the claim is denied', [refund('28.62')], reading([paid('28.62')], { status: 'denied' }), 'notYet'],
    ['the claim is resolved', [refund('28.62')], reading([paid('28.62')], { status: 'resolved' }), 'alreadyResolved'],
    ['the source has not yet said how', [refund('28.62')], reading([]), 'notYet'],
    ['the same refund', [refund('28.62')], reading([paid('28.62')]), 'agrees'],
    ['the same money written otherwise', [refund('28.60')], reading([paid('28.6')]), 'agrees'],
    ['other money', [refund('28.62')], reading([paid('28.63')]), 'differs'],
    ['another currency', [refund('28.62')], reading([paid('28.62', 'EUR')]), 'differs'],
    ['another kind', [refund('28.62')], reading([reship]), 'differs'],
    ['more resolutions than decided', [refund('28.62')], reading([paid('28.62'), reship]), 'differs'],
    ['fewer resolutions than decided', [refund('28.62'), reship], reading([paid('28.62')]), 'differs'],
    ['the same kind twice where it is decided once', [refund('5')], reading([paid('5'), paid('5')]), 'differs'],
    ['a split in another order', [reship, refund('28.62')], reading([paid('28.62'), { kind: 'reship' }]), 'agrees'],
    ['two refunds in another order', [refund('5'), refund('7')], reading([paid('7'), paid('5')]), 'agrees'],
    ['two refunds of other shares', [refund('5'), refund('7')], reading([paid('6'), paid('6')]), 'differs'],
    ['a refund without amount that the source states', [refund()], reading([paid('28.62')]), 'agrees'],
    ['a refund without amount anywhere', [refund()], reading([paid()]), 'notYet'],
    ['a stated amount that the source does not state', [refund('28.62')], reading([paid()]), 'notYet'],
    ['a refund of nothing', [refund('0')], reading([paid('0')]), 'notYet'],
    ['a refund of less than nothing', [refund('-5')], reading([paid('-5')]), 'notYet'],
    [
      'the value of reshipped goods, which is no money',
      [{ ...reship, amount: { amount: '64.80', currency: 'USD' } }],
      reading([{ kind: 'reship', amount: { amount: '1', currency: 'EUR' } }]),
      'agrees',
    ],
    ['a reship without items that the claim names', [{ kind: 'reship' }], reading([{ kind: 'reship' }]), 'agrees'],
    ['a reship without items anywhere', [{ kind: 'reship' }], reading([{ kind: 'reship' }], { claim: {} }), 'notYet'],
    [
      'a split whose reship has no items',
      [{ kind: 'reship' }, refund('5')],
      reading([{ kind: 'reship' }, paid('5')]),
      'notYet',
    ],
    ['a kind that nobody knows', [{ kind: 'flat_rate' }], reading([{ kind: 'flat_rate' }]), 'agrees'],
    ['a decision that names nothing', [], reading([paid('28.62')]), 'agrees'],
    ['a decision that names nothing, nor does the source', [], reading([]), 'notYet'],
  ])('%s', (_, decided, read, expected) => {
    expect(agreement(decided, read)).toBe(expected);
  });

  const money = fc.integer({ min: 1, max: 5 }).map((cents) => ({ amount: `0.0${cents}`, currency: 'USD' }));
  const resolution = fc.oneof(
    money.map((amount): DecidedResolution => ({ kind: 'refund', amount })),
    fc.constant<DecidedResolution>(reship),
  );
  const shuffled = fc
    .array(resolution, { minLength: 1, maxLength: 6 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));

  test('the order of resolutions never matters', () => {
    fc.assert(
      fc.property(shuffled, ([decided, confirmed]) => expect(agreement(decided, reading(confirmed))).toBe('agrees')),
    );
  });

  test('money that the source did not confirm is never agreed to', () => {
    const pair = fc.tuple(
      fc.array(resolution, { minLength: 1, maxLength: 5 }),
      fc.array(resolution, { minLength: 1, maxLength: 5 }),
    );
    const amounts = (all: DecidedResolution[]): string[] =>
      all.map(({ kind, amount }) => `${kind} ${amount?.amount ?? ''}`).sort();
    fc.assert(
      fc.property(pair, ([decided, confirmed]) => {
        const same = JSON.stringify(amounts(decided)) === JSON.stringify(amounts(confirmed));
        expect(agreement(decided, reading(confirmed)) === 'agrees').toBe(same);
      }),
    );
  });
});

describe('complete', () => {
  test('without a read the decision stays as it is', () => {
    expect(complete([refund('5')], { found: false })).toEqual([refund('5')]);
  });

  test('a single resolution takes the amount, the items and the address that it lacks', () => {
    expect(complete([{ kind: 'refund' }], reading([paid('28.62')]))).toEqual([
      { kind: 'refund', items: [kettle, mugs], amount: { amount: '28.62', currency: 'USD' } },
    ]);
    expect(complete([{ kind: 'reship', items: [] }], reading([{ kind: 'reship' }]))).toEqual([
      { kind: 'reship', items: [kettle, mugs], shippingAddress: home },
    ]);
  });

  test('what a decision states stands, and its lines are described by the claim', () => {
    const decided: DecidedResolution[] = [
      { kind: 'refund', items: [{ lineItemId: 'li-9002', quantity: 1 }], amount: { amount: '5', currency: 'USD' } },
    ];
    expect(complete(decided, reading([paid('6')]))).toEqual([{ ...decided[0], items: [{ ...mugs, quantity: 1 }] }]);
  });

  test('of several, each takes the amount of its own kind: equal money first, then position', () => {
    const decided = [refund(), reship, refund('5')];
    const amounts = complete(decided, reading([paid('5'), { kind: 'reship' }, paid('7')])).map(
      ({ amount }) => amount?.amount,
    );
    expect(amounts).toEqual(['7', undefined, '5']);
  });

  test('of several, none takes the items of the claim: nobody could say which', () => {
    expect(
      complete([{ kind: 'reship' }, refund('5')], reading([{ kind: 'reship' }, paid('5')]))[0]?.items,
    ).toBeUndefined();
  });

  test('a decision that names nothing takes the resolutions of the source, once it has decided', () => {
    expect(complete([], reading([paid('5')])).map(({ kind }) => kind)).toEqual(['refund']);
    expect(complete([], reading([paid('5')], { status: 'open' }))).toEqual([]);
    expect(complete([{ kind: 'refund' }], reading([paid('5')], { status: 'open' }))[0]?.amount).toBeUndefined();
  });

  test('an address that the order confirms is the one of the order, which knows the recipient; another one stays', () => {
    const stated = { ...home, name: 'Someone Else', state: 'Oregon', country: 'United States' };
    const elsewhere = { ...home, address1: '1 Other St' };
    const addressOf = (shippingAddress: Address) =>
      complete([{ ...reship, shippingAddress }], reading([reship]))[0]?.shippingAddress;
    expect(addressOf(stated)).toEqual(home);
    expect(addressOf(elsewhere)).toEqual(elsewhere);
  });
});

describe('addressAgrees', () => {
  test.each<[string, Address, boolean]>([
    ['itself', home, true],
    ['names of state and country', { ...home, state: 'Oregon', country: 'United States' }, true],
    ['another name of the country', { ...home, country: 'USA' }, true],
    ['other case, spaces and punctuation', { ...home, address1: ' 18  HARBOUR rd. ', city: 'PORTLAND' }, true],
    ['the long form of the ZIP code', { ...home, zip: '97201-1234' }, true],
    ['another name at the door', { ...home, name: 'Bo Vale' }, true],
    ['an empty second line', { ...home, address2: '' }, true],
    ['another house', { ...home, address1: '19 Harbour Rd' }, false],
    ['another flat', { ...home, address2: 'Flat 2' }, false],
    ['another city', { ...home, city: 'Salem' }, false],
    ['another state', { ...home, state: 'Maine' }, false],
    ['another country', { ...home, country: 'Canada' }, false],
    ['another ZIP code', { ...home, zip: '97202' }, false],
    ['no country', { address1: '18 Harbour Rd', city: 'Portland', state: 'OR', zip: '97201' }, false],
    ['nothing at all', {}, false],
  ])('%s', (_, other, agrees) => {
    expect(addressAgrees(home, other)).toBe(agrees);
    expect(addressAgrees(other, home)).toBe(agrees);
  });

  test.each<[Address, Address]>([
    [
      { address1: '5 Rue Émile', city: 'Montréal', state: 'Québec', zip: 'H2X 1Y4', country: 'Canada' },
      { address1: '5 rue Emile', city: 'Montreal', state: 'QC', zip: 'H2X1Y4', country: 'CA' },
    ],
    [
      { address1: '1 George St', city: 'Perth', state: 'Western Australia', zip: '6000', country: 'Australia' },
      { address1: '1 George St', city: 'Perth', state: 'WA', zip: '6000', country: 'AU' },
    ],
    [
      { address1: 'Hauptstraße 1', city: 'Köln', zip: '50667', country: 'Germany' },
      { address1: 'Hauptstraße 1', city: 'Köln', zip: '50667', country: 'DE' },
    ],
    [
      { address1: '1 High St', city: 'Leeds', zip: 'LS1 1AA', country: 'Great Britain' },
      { address1: '1 High St', city: 'Leeds', zip: 'ls1 1aa', country: 'United Kingdom' },
    ],
  ])('the same place written in two ways: %j', (a, b) => {
    expect(addressAgrees(a, b)).toBe(true);
  });

  test('WA is Washington in the United States and nothing else there', () => {
    const seattle = { address1: '1 Pike St', city: 'Seattle', zip: '98101', country: 'US' };
    expect(addressAgrees({ ...seattle, state: 'WA' }, { ...seattle, state: 'Washington' })).toBe(true);
    expect(addressAgrees({ ...seattle, state: 'WA' }, { ...seattle, state: 'Western Australia' })).toBe(false);
  });

  test('an address that is not known agrees with none', () => {
    expect(addressAgrees(home, undefined)).toBe(false);
    expect(addressAgrees(undefined, undefined)).toBe(false);
  });
});
