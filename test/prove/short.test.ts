import { killsIn } from '../../prove/run/happened';
import { prove } from '../../prove/run/prove';

/** A run ends as soon as all is proven, mostly within a minute. On a slow machine a partner call may first use up its two minutes and then wait. */
const SETTLE_SECONDS = 360;

test('killed and restarted, between partners that fail, the product keeps promises P1 to P6', async () => {
  const { proofs, happened, unfinished } = await prove({
    claims: 12,
    seed: 7,
    minutes: 0,
    settleSeconds: SETTLE_SECONDS,
    chaos: 'all',
    fault: null,
    report: () => undefined,
    progress: () => undefined,
  });
  expect(proofs.flatMap(({ violations }) => violations)).toEqual([]);
  expect(unfinished).toEqual([]);
  expect(killsIn(happened)).toBeGreaterThanOrEqual(4);
}, 600_000);
