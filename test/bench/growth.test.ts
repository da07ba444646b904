import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchCommand } from '../../bench/command';
import { type Axis } from '../../bench/growth/axis';
import { brands } from '../../bench/growth/brands';
import { type GrowthReport } from '../../bench/growth/command';
import { type Series } from '../../bench/growth/measure-axis';
import { figureOf } from '../../bench/measure/figure';
import { growthPlotOf } from '../../bench/report/growth-plot';
import { growthTableOf } from '../../bench/report/growth-table';
import { runCommand } from '../commands/run-command';

const out = mkdtempSync(join(tmpdir(), 'claimkeeper-growth-test-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const run = (axes: readonly Axis[], ...args: string[]) =>
  runCommand(benchCommand([], axes), 'growth', '--out', out, ...args);

test('an axis is measured on the real parts: with two brands, webhooks of both are taken and a message on each reaches its Klaim', async () => {
  const { out: printed, exitCode } = await run(
    [{ ...brands, sizes: [40] }],
    '--rounds',
    '1',
    '--scale',
    '0.05',
    '--json',
  );
  const [report] = JSON.parse(printed) as [GrowthReport];
  expect(report).toMatchObject({ axis: 'brands', points: [{ size: 2 }], origin: { scale: 0.05 } });
  const figures = report.points[0]?.figures ?? {};
  const medians = Object.entries(figures).map(([name, { median }]) => [name, median]);
  expect(medians).toHaveLength(7);
  for (const [, median] of medians) expect(median).toBeGreaterThan(0);
  expect(figures['events of a message']?.median).toBeGreaterThan(5);
  expect(JSON.parse(readFileSync(join(out, 'growth', 'brands.json'), 'utf8'))).toEqual(report);
  expect(readFileSync(join(out, 'growth.svg'), 'utf8')).toMatch(/^<svg/);
  expect(exitCode).toBe(0);
});

test('an axis that there is not is refused, with the names of those that there are', async () => {
  const ran = await run([brands], '--axes', 'brand');
  expect(ran).toEqual({ out: expect.stringContaining('no "brand". There are: brands.'), exitCode: 1 });
});

describe('a series', () => {
  const series: Series = {
    axis: 'made-up',
    what: 'things that are made up',
    points: [
      { size: 7, figures: { 'answers/s': figureOf([512, 516, 520]) } },
      { size: 70, figures: { 'answers/s': figureOf([256, 258, 260]) } },
      { size: 700, figures: { 'answers/s': figureOf([32, 32.25, 32.5]) } },
    ],
  };

  test('is printed with the figure and its spread at each size', () => {
    const cells = growthTableOf([series], false)
      .split('\n')
      .filter((line) => line.includes('s'))
      .map((line) => line.split('│').map((cell) => cell.trim()));
    expect(cells).toEqual([
      ['', 'things that are made up', '7', '70', '700', ''],
      ['', 'answers/s', '516 ± 4', '258 ± 2', '32.3 ± 0.25', ''],
    ]);
  });

  test('is drawn with what grows, its sizes, the figures as they are, and lower where they fall', () => {
    const svg = growthPlotOf([series]);
    const textsOf = (picture: string): string[] =>
      [...picture.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['things that are made up', 'answers/s', '7', '70', '700', '516', '258', '32.3']),
    );
    const [line] = [...svg.matchAll(/<path d="(M[\d.]+ [\d.]+(?:L[\d.]+ [\d.]+){2})"/g)].map(([, path]) => path ?? '');
    const heights = (line ?? '').split('L').map((point) => Number(point.split(' ')[1]));
    expect(heights).toHaveLength(3);
    expect(heights[1]).toBeGreaterThan(heights[0] ?? NaN);
    expect(heights[2]).toBeGreaterThan(heights[1] ?? NaN);
  });
});
