import { faultsIn } from '../../../src/claims/mapping/check';
import { type Mapping } from '../../../src/claims/mapping/mapping';

test.each<[string, Mapping]>([
  ['a default under another name', { orderNumberStr: null, bestellnummerStr: 'order.number' }],
  ['another path', { customerNameStr: 'customer.email' }],
  [
    'a constant of each type',
    { aStr: { const: 'x' }, bNum: { const: 0 }, cBool: { const: false }, dUrl: { const: 'https://a.example/x' } },
  ],
  ['a constant time', { reviewedAt: { const: '2026-03-02T09:14:07+01:00' } }],
  [
    'a constant id and a constant node of a tree',
    { ownerId: { const: '68f000000000000000000001' }, topicTree: { const: 'claims' } },
  ],
  [
    'a number for numbers and for texts',
    { xNum: 'resolution.amount', xStr: 'resolution.amount', xTxt: 'resolution.amount' },
  ],
  ['a template', { headlineStr: { template: '{claim.type}: {order.number}' }, title: { template: '{claim.type}' } }],
  ['an attribute that is emptied', { claimDetailsTxt: { clear: true }, description: { clear: true } }],
])('%s is taken', (_what, mapping) => {
  expect(faultsIn(mapping)).toEqual([]);
});

test.each<[string, Mapping, string]>([
  [
    'orderStatus',
    { orderStatus: 'claim.status' },
    'is no attribute name: letters, then its type as suffix (Str, Txt, Num, At, Bool, Url, Id, Tree)',
  ],
  ['Str', { Str: 'claim.status' }, 'is no attribute name'],
  ['a bStr', { 'a bStr': 'claim.status' }, 'is no attribute name'],
  ['xStr', { xStr: 'claim.stauts' }, 'there is no path "claim.stauts" in a claim'],
  ['xStr', { xStr: 'toString' }, 'there is no path "toString"'],
  ['xStr', { xStr: { template: '{claim.type} {shop.name}' } }, 'there is no path "shop.name" in a claim'],
  [
    'xNum',
    { xNum: 'claim.createdAt' },
    '"claim.createdAt" is a time: it goes into an attribute that ends in At, Str, Txt, not Num',
  ],
  [
    'xAt',
    { xAt: 'claim.status' },
    '"claim.status" is a text: it goes into an attribute that ends in Str, Txt, Num, Url, not At',
  ],
  ['xBool', { xBool: { template: '{claim.imageRequired}' } }, 'a template is a text'],
  ['xId', { xId: 'customer.externalId' }, 'an attribute that ends in Id takes a constant only'],
  ['xNum', { xNum: { const: 'many' } }, 'the constant is no value of type Number'],
  ['xAt', { xAt: { const: 'yesterday' } }, 'the constant is no value of type Date'],
  ['xUrl', { xUrl: { const: 'javascript:alert(1)' } }, 'the constant is no value of type URL'],
  ['title', { title: null }, 'a Klaim always has a title'],
  ['title', { title: { clear: true } }, 'a Klaim always has a title'],
  ['description', { description: null }, 'cannot be left out, only emptied: { "clear": true }'],
])('a fault names its attribute and what to do: %s', (attribute, mapping, message) => {
  expect(faultsIn(mapping)).toEqual([{ attribute, message: expect.stringContaining(message) }]);
});

test('a Klaim has at most a hundred attributes, the defaults among them', () => {
  const own = (count: number): Mapping =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`note${index}Str`, 'claim.status']));
  expect(faultsIn(own(78))).toEqual([]);
  expect(faultsIn(own(79))).toEqual([
    { attribute: 'note78Str', message: 'a Klaim has at most 100 attributes, these are 101' },
  ]);
  expect(faultsIn({ ...own(79), statusStr: null })).toEqual([]);
});
