import crypto from 'node:crypto';
import { isOneOf } from '../../src/intake/same-secret';

test.each([
  ['the first', 'one', true],
  ['the last', 'two', true],
  ['none of them', 'three', false],
  ['the beginning of one', 'on', false],
  ['one and more', 'one ', false],
  ['nothing', '', false],
  ['no header at all', undefined, false],
])('of two secrets %s is presented: %s', (_name, presented, expected) => {
  expect(isOneOf(['one', 'two'], presented)).toBe(expected);
});

test('without secrets nothing is one of them, and an empty one is none', () => {
  expect(isOneOf([], 'one')).toBe(false);
  expect(isOneOf([''], '')).toBe(false);
});

test('every secret is compared in constant time, at equal lengths, whichever is the right one', () => {
  const compare = jest.spyOn(crypto, 'timingSafeEqual');
  for (const presented of ['one', 'a much longer second', 'wrong', undefined]) {
    compare.mockClear();
    isOneOf(['one', 'a much longer second'], presented);
    expect(compare.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength])).toEqual([
      [32, 32],
      [32, 32],
    ]);
  }
  compare.mockRestore();
});
