import fc from 'fast-check';
import { hear } from '../../../src/claims/hear';
import { type Klaim } from '../../../src/claims/klaim';
import { klaimBy } from '../../../src/claims/mapping/klaim-by';
import { attributesBy, type Mapping } from '../../../src/claims/mapping/mapping';
import { CLAIM_PATHS } from '../../../src/claims/neutral-claim';
import { projectionOf } from '../../../src/claims/projection';
import { readBack } from '../../../src/claims/read-back';
import { aClaim, anEvent, aReading, NOW } from '../events';

const filed = hear(
  aClaim(),
  anEvent('created', 'a', { claim: { items: [{ title: 'Kettle', quantity: 2 }, { title: 'Mug' }] } }),
  [],
  NOW,
);
const claim = projectionOf(readBack(filed, aReading({ status: 'open', resolutions: [] }), filed.unread, NOW));
const klaim = (mapping: Mapping): Klaim => klaimBy(mapping, claim);
const attribute = (source: Mapping[string], name = 'xStr') => klaim({ [name]: source }).custom[name];

test('without a mapping of its own a brand gets every field of the Klaim guide', () => {
  expect(Object.keys(klaim({}).custom)).toEqual(attributesBy({}).map(({ name }) => name));
  expect(klaim({}).custom).toMatchObject({
    statusStr: 'Open',
    orderNumberStr: '#20417',
    claimUrl: expect.stringContaining('cmxk3v8q2'),
  });
});

test('a default is renamed by leaving it out and writing its path under another name', () => {
  const { custom } = klaim({ orderNumberStr: null, bestellnummerStr: 'order.number' });
  expect(custom).toMatchObject({ bestellnummerStr: '#20417', statusStr: 'Open' });
  expect(custom).not.toHaveProperty('orderNumberStr');
});

test('a constant is written as it is, an emptied attribute as null', () => {
  expect(attribute({ const: 'Acme' })).toBe('Acme');
  expect(attribute({ const: 7 }, 'priorityNum')).toBe(7);
  expect(attribute({ const: false }, 'vipBool')).toBe(false);
  expect(attribute({ clear: true }, 'statusStr')).toBeNull();
});

test('a template shows what is known, and is empty when nothing of it is', () => {
  expect(attribute({ template: '{claim.type} / {order.number} / {claim.damageType}' })).toBe('Missing item / #20417 /');
  expect(attribute({ template: 'Refund of {resolution.amount} {resolution.currency}' })).toBeNull();
  expect(attribute({ template: 'always this' })).toBe('always this');
  expect(klaim({ title: { template: '{claim.type} {order.number}' } }).title).toBe('Missing item #20417');
});

test('the description can be another one, or none', () => {
  expect(klaim({}).description).toBe('Box came empty');
  expect(klaim({ description: 'claim.items' }).description).toBe('2 × Kettle\n1 × Mug');
  expect(klaim({ description: { clear: true } }).description).toBe('');
});

test('a value takes the form of its attribute', () => {
  expect(attribute('claim.createdAt', 'xAt')).toBe('2026-03-02T09:14:07.000Z');
  expect(attribute('claim.createdAt')).toBe('2026-03-02T09:14:07.000Z');
  expect(attribute('claim.items', 'xTxt')).toBe('2 × Kettle\n1 × Mug');
  expect(attribute('claim.items')).toBe('2 × Kettle, 1 × Mug');
  expect(attribute({ template: '10482' }, 'xNum')).toBe(10_482);
  expect(attribute('order.number', 'xNum')).toBeNull();
  expect(attribute('claim.description', 'xUrl')).toBeNull();
});

test('any mapping of known paths gives values of the right type, and no attribute that it does not name', () => {
  const TYPES: Record<string, string> = {
    Str: 'string',
    Txt: 'string',
    Num: 'number',
    At: 'string',
    Bool: 'boolean',
    Url: 'string',
  };
  const source = fc.oneof(
    fc.constantFrom(...Object.keys(CLAIM_PATHS)),
    fc.record({ const: fc.string() }),
    fc.constant(null),
  );
  const names = fc.constantFrom(...Object.keys(TYPES).map((suffix) => `x${suffix}`), 'statusStr', 'claimUrl');
  fc.assert(
    fc.property(fc.dictionary(names, source), (mapping) => {
      const { custom } = klaim(mapping);
      for (const [name, value] of Object.entries(custom)) {
        const suffix = Object.keys(TYPES).find((end) => name.endsWith(end)) ?? '';
        expect(value === null || typeof value === TYPES[suffix]).toBe(true);
        expect(mapping[name]).not.toBeNull();
      }
      for (const [name, from] of Object.entries(mapping)) expect(name in custom).toBe(from !== null);
    }),
  );
});
