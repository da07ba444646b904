import { verdictOn } from '../../bench/measure/budget';
import { figureOf } from '../../bench/measure/figure';

test('a figure is the median over the rounds, and its spread half of what lies between the extremes', () => {
  expect(figureOf([5, 1, 3])).toEqual({ median: 3, spread: 2, values: [5, 1, 3] });
  expect(figureOf([4, 1])).toMatchObject({ median: 2.5, spread: 1.5 });
});

test('what was not measured has no figure', () => {
  expect(() => figureOf([])).toThrow('at least one value');
});

test.each([
  [{ atLeast: 0.9 }, [1, 1, 1], 'met'],
  [{ atLeast: 0.9 }, [0.8, 0.85, 0.95], 'near'],
  [{ atLeast: 0.9 }, [0.5, 0.51, 0.52], 'missed'],
  [{ atMost: 2 }, [1.9, 2, 3], 'met'],
  [{ atMost: 2 }, [1.5, 2.2, 2.5], 'near'],
  [{ atMost: 2 }, [3, 3.1, 3.2], 'missed'],
])('the budget %p of the values %p is %s', (limit, values, verdict) => {
  expect(verdictOn({ of: 'x', ...limit }, figureOf(values))).toBe(verdict);
});
