import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { SealBroken } from '../../src/store/errors';
import { bindingOf, createVault } from '../../src/store/vault';

const master = Buffer.alloc(32, 1);
const other = Buffer.alloc(32, 2);
const vault = createVault([master]);
const place = bindingOf('deliveries.body', 'order-protection', 'key-1');

test('any text opens where it was sealed, and shows nothing of itself while it is sealed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (text, brand, binding) => {
      const sealed = vault.seal(brand, binding, text);
      expect(vault.open(brand, binding, sealed)).toBe(Buffer.from(text).toString());
      if (text.length > 8) expect(sealed.includes(text)).toBe(false);
    }),
  );
});

test('bytes of any kind open as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(vault.openBytes('acme', place, vault.seal('acme', place, bytes))).toEqual(Buffer.from(bytes));
    }),
  );
});

test('sealed text does not open for another brand or in another place', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (brand, binding, otherBrand, otherBinding) => {
      fc.pre(brand !== otherBrand || binding !== otherBinding);
      const sealed = vault.seal(brand, binding, 'kettle');
      expect(() => vault.open(otherBrand, otherBinding, sealed)).toThrow(SealBroken);
    }),
  );
});

test('sealed text with one bit changed, cut short or made longer does not open', () => {
  const sealed = vault.seal('acme', place, 'kettle');
  fc.assert(
    fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => vault.open('acme', place, changed)).toThrow(SealBroken);
    }),
  );
  for (let length = 0; length < sealed.length; length++)
    expect(() => vault.open('acme', place, sealed.subarray(0, length))).toThrow(SealBroken);
  expect(() => vault.open('acme', place, Buffer.concat([sealed, randomBytes(1)]))).toThrow(SealBroken);
});

test('the same text is never sealed to the same bytes', () => {
  expect(vault.seal('acme', place, 'kettle')).not.toEqual(vault.seal('acme', place, 'kettle'));
});

test('after a rotation the first key seals and the old one still opens', () => {
  const rotated = createVault([other, master]);
  expect(rotated.open('acme', place, vault.seal('acme', place, 'kettle'))).toBe('kettle');
  expect(createVault([other]).open('acme', place, rotated.seal('acme', place, 'kettle'))).toBe('kettle');
});

test('without the key that sealed it, opening says which key is missing and where to add it', () => {
  const sealed = vault.seal('acme', place, 'kettle');
  const keyId = sealed.subarray(1, 9).toString('hex');
  const open = (): string => createVault([other]).open('acme', place, sealed);
  expect(open).toThrow(SealBroken);
  expect(open).toThrow(new RegExp(`${keyId}.*add that key to CLAIMKEEPER_MASTER_KEYS`));
});

test('a vault without a key, or with a short one, is refused', () => {
  expect(() => createVault([])).toThrow('at least one master key');
  expect(() => createVault([Buffer.alloc(16)])).toThrow('32 bytes');
});
