import { prove } from '../../prove/run/prove';

test('killed and restarted, between partners that fail, the product keeps promises P1 to P6', async () => {
  const { proofs, happened } = await prove({
    claims: 12,
    seed: 7,
    minutes: 0,
    settleSeconds: 120,
    calm: false,
    fault: null,
    report: () => undefined,
    progress: () => undefined,
  });
  expect(proofs.flatMap(({ violations }) => violations)).toEqual([]);
  const kills = Object.entries(happened).filter(([what]) => what.includes(' killed'));
  expect(kills.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThanOrEqual(4);
}, 240_000);
