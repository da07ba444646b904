import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { choosing, measuring, type Measuring } from '../options';
import { keep, kept } from '../report/files';
import { growthPlotOf } from '../report/growth-plot';
import { growthTableOf } from '../report/growth-table';
import { conditionsOf, type Origin } from '../report/origin';
import { withProgress } from '../report/progress';
import { type Axis } from './axis';
import { measureAxis, type Series } from './measure-axis';

interface Options extends Measuring {
  axes: readonly Axis[];
}

/** A series with where its figures are from: what is kept. */
export interface GrowthReport extends Series {
  origin: Origin;
}

/** The command line that measures along these axes. */
export function growthCommand(axes: readonly Axis[]): Command {
  const order = axes.map(({ name }) => name);
  const command = new Command('growth')
    .description('Measures the same figures at 1, 10 and 100 times the work, and draws where they bend.')
    .action((options: Options) => measureGrowth(options, order));
  return measuring(choosing(command, 'axes', axes), 3);
}

async function measureGrowth(options: Options, order: readonly string[]): Promise<void> {
  const { axes, json, out } = options;
  const { settings, origin } = conditionsOf(options);
  const folder = join(out, 'growth');
  const total = axes.flatMap(({ sizes }) => sizes).length;
  const reports = await withProgress(total, async (progress) => {
    const all: GrowthReport[] = [];
    for (const axis of axes) {
      const report = { ...(await measureAxis(axis, settings, progress)), origin };
      await keep(folder, axis.name, report);
      all.push(report);
    }
    return all;
  });
  await writeFile(join(out, 'growth.svg'), growthPlotOf(await kept(folder, order)));
  process.stdout.write(json ? `${JSON.stringify(reports)}\n` : growthTableOf(reports, process.stdout.isTTY));
}
