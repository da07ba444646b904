import { BLOCK, BLOCK_LIVES_MS, paceOf } from '../../../src/integrations/kustomer/budget/pace';

test.each([60, 100, 300, 1_000, 6_000, 100_000])('of %d requests a minute no minute can get more', (perMinute) => {
  const { capacity, intervalMs } = paceOf(perMinute);
  expect(capacity + Math.floor((60_000 + BLOCK_LIVES_MS) / intervalMs)).toBeLessThanOrEqual(perMinute);
  expect(60_000 / intervalMs).toBeGreaterThan(perMinute * 0.6);
  expect(capacity).toBeGreaterThanOrEqual(2 * BLOCK);
});
