import fc from 'fast-check';
import { DEEPEST, isTooDeep } from '../../src/intake/json-depth';

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test('as deep as allowed is read, and one level more is not', () => {
  expect(isTooDeep(nested(DEEPEST))).toBe(false);
  expect(isTooDeep(nested(DEEPEST + 1))).toBe(true);
  expect(isTooDeep(`{"a":${nested(DEEPEST)}}`)).toBe(true);
});

test('many brackets beside each other are not deep', () => {
  expect(isTooDeep(`[${Array(1_000).fill('[{}]').join()}]`)).toBe(false);
});

test('brackets in text do not count, whatever stands before them', () => {
  const text = fc.string({ unit: fc.constantFrom('[', '{', '"', '\\', 'x', '\u{1f600}') });
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(isTooDeep(JSON.stringify({ [one + '['.repeat(200)]: ['{'.repeat(200) + other] }))).toBe(false);
      expect(isTooDeep(`{${JSON.stringify(one)}:${nested(DEEPEST)}}`)).toBe(true);
    }),
  );
});
