import { inBatches, type BatchLimits } from '../../src/store/batches';
import { DatabaseRefused, DatabaseUnavailable } from '../../src/store/errors';

const FEW: BatchLimits<number> = { inputs: 3, weight: 100, weigh: (input) => input };

/** Batches of numbers that are doubled; a test holds them up and lets them fail. */
function doubling(limits = FEW) {
  const batches: (readonly number[])[] = [];
  const control = { failing: (_batch: readonly number[]): Error | null => null };
  const double = inBatches<number, number>(async (batch) => {
    batches.push(batch);
    await new Promise(setImmediate);
    const failure = control.failing(batch);
    if (failure !== null) throw failure;
    return batch.map((input) => input * 2);
  }, limits);
  return { batches, control, double };
}

test('the first call goes at once, those that come meanwhile go together, and each gets its own outcome', async () => {
  const { batches, double } = doubling();
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
  expect(batches).toEqual([[1], [2, 3]]);
  expect(await double(4)).toBe(8);
  expect(batches).toHaveLength(3);
});

test('a batch has no more inputs than allowed', async () => {
  const { batches, double } = doubling();
  await Promise.all([1, 2, 3, 4, 5, 6].map(double));
  expect(batches).toEqual([[1], [2, 3, 4], [5, 6]]);
});

test('a batch is no heavier than allowed, but what is heavier by itself goes alone', async () => {
  const { batches, double } = doubling();
  await Promise.all([1, 60, 40, 1, 500, 2].map(double));
  expect(batches).toEqual([[1], [60, 40], [1], [500], [2]]);
});

test('an input that the database refuses fails alone, and what came after goes on', async () => {
  const { control, double } = doubling();
  control.failing = (batch) => (batch.includes(3) ? new DatabaseRefused('not this one') : null);
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(double));
  expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'failed'))).toEqual([
    2,
    4,
    'failed',
    8,
    10,
  ]);
});

test('when the database is down all that wait for it fail with the first, and nothing is tried one by one; the next call works again', async () => {
  const { batches, control, double } = doubling();
  control.failing = () => new DatabaseUnavailable('down');
  const outcomes = await Promise.allSettled([1, 2, 3].map(double));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(batches).toEqual([[1]]);
  control.failing = () => null;
  expect(await double(4)).toBe(8);
});
