import { Command } from 'commander';
import { SingleBar } from 'cli-progress';
import { isMissed, measureRow } from './measure/measure-row';
import { databaseOption, listed, positive, someOf, whole } from './options';
import { keepResult, keepPlot } from './report/files';
import { originOf, type Report } from './report/origin';
import { tableOf } from './report/table';
import { type Row } from './row';

interface Options {
  rows: readonly Row[];
  rounds: number;
  scale: number;
  database: 'postgres' | 'pglite';
  check: boolean;
  json: boolean;
  out: string;
}

/** The command line that measures these rows. */
export function benchCommand(all: readonly Row[]): Command {
  const order = all.map(({ name }) => name);
  return new Command('npm run bench --')
    .description(
      'Measures the product against its budgets, each in the same run as a yardstick, on the Temporal server of TEMPORAL_ADDRESS or one in memory.',
    )
    .addOption(someOf('--rows', 'only these', all))
    .option('--rounds <n>', 'how often each is measured; median and spread are over these', whole, 5)
    .option('--scale <factor>', 'what the amount of work is multiplied by; budgets are meant for 1', positive, 1)
    .addOption(databaseOption())
    .option('--check', 'exit with 1 when a budget is missed by more than the spread', false)
    .option('--json', 'print the results as JSON', false)
    .option('--out <folder>', 'where results and plot are kept', 'bench/results')
    .addHelpText('after', listed('Rows', all))
    .action((options: Options) => bench(options, order));
}

async function bench(
  { rows, rounds, scale, database, check, json, out }: Options,
  order: readonly string[],
): Promise<void> {
  const temporalAddress = process.env['TEMPORAL_ADDRESS'] || null;
  const origin = originOf({ database, temporal: temporalAddress ?? 'in memory', scale });
  const bar = new SingleBar({ format: '{bar} {value}/{total}  {where}  {duration_formatted}', stream: process.stderr });
  const reports: Report[] = [];
  bar.start(rows.length, 0, { where: '' });
  try {
    for (const row of rows) {
      const settings = { scale, rounds, database, temporalAddress };
      const result = await measureRow(row, settings, (where) => bar.update({ where }));
      const report = { ...result, origin };
      await keepResult(out, report);
      reports.push(report);
      bar.increment();
    }
  } finally {
    bar.stop();
  }
  await keepPlot(out, database, order);
  process.stdout.write(json ? `${JSON.stringify(reports)}\n` : tableOf(reports, process.stdout.isTTY));
  if (check && reports.some(isMissed)) process.exitCode = 1;
}
