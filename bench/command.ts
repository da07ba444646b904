import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { type Axis } from './growth/axis';
import { growthCommand } from './growth/command';
import { isMissed, measureRow } from './measure/measure-row';
import { choosing, measuring, type Measuring } from './options';
import { keep, kept } from './report/files';
import { conditionsOf, type Report } from './report/origin';
import { plotOf } from './report/plot';
import { withProgress } from './report/progress';
import { tableOf } from './report/table';
import { type Row } from './row';

interface Options extends Measuring {
  rows: readonly Row[];
  check: boolean;
}

/** The command line that measures these rows and, as `growth`, along these axes. */
export function benchCommand(rows: readonly Row[], axes: readonly Axis[]): Command {
  const order = rows.map(({ name }) => name);
  const command = new Command('npm run bench --')
    .description(
      'Measures the product against its budgets, each in the same run as a yardstick, on the Temporal server of TEMPORAL_ADDRESS or one in memory.',
    )
    .option('--check', 'exit with 1 when a budget is missed by more than the spread', false)
    // What stands behind `growth` is for it alone.
    .enablePositionalOptions()
    .addCommand(growthCommand(axes))
    .action((options: Options) => bench(options, order));
  return measuring(choosing(command, 'rows', rows), 5);
}

async function bench(options: Options, order: readonly string[]): Promise<void> {
  const { rows, check, json, out } = options;
  const { settings, origin } = conditionsOf(options);
  const folder = join(out, settings.database);
  const reports = await withProgress(rows.length, async ({ at, oneDone }) => {
    const all: Report[] = [];
    for (const row of rows) {
      const report = { ...(await measureRow(row, settings, at)), origin };
      await keep(folder, row.name, report);
      all.push(report);
      oneDone();
    }
    return all;
  });
  await writeFile(join(out, `${settings.database}.svg`), plotOf(await kept(folder, order)));
  process.stdout.write(json ? `${JSON.stringify(reports)}\n` : tableOf(reports, process.stdout.isTTY));
  if (check && reports.some(isMissed)) process.exitCode = 1;
}
