#!/usr/bin/env node
import { SingleBar } from 'cli-progress';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { inspect, styleText } from 'node:util';
import { FAULTS, type FaultName } from './plan/faults';
import { reportOf } from './print/report';
import { prove } from './run/prove';

interface Options {
  claims: number;
  seed?: number;
  minutes: number;
  settle: number;
  calm: boolean;
  fault?: FaultName;
  json: boolean;
}

const number =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least)
      throw new InvalidArgumentError(`must be a whole number from ${least}.`);
    return value;
  };

const EXIT_BROKEN = 1;
const EXIT_NOT_RUN = 2;

const program = new Command('npm run prove --')
  .description(
    'Proves promises P1 to P6: runs the built product in processes of its own between simulated partners, kills it and breaks what it stands on, and holds what the partners then have on record against the promises.',
  )
  .option('--claims <n>', 'how many claims; one kill for each eight', number(1), 200)
  .option('--seed <n>', 'the same seed gives the same plan (default: by chance)', number(1))
  .option(
    '--minutes <n>',
    'keep new claims coming for so long after that, and measure memory and open files',
    number(0),
    0,
  )
  .option('--settle <seconds>', 'how long everything may take to come to its end afterwards', number(1), 600)
  .option('--calm', 'kill and restart nothing; the product in one process', false)
  .addOption(
    new Option('--fault <name>', 'put a known mistake into the product: then the proof must fail').choices(
      Object.keys(FAULTS),
    ),
  )
  .option('--json', 'print the verdict as JSON', false)
  .addHelpText(
    'after',
    `\nFaults and the promises that they break: ${Object.entries(FAULTS)
      .map((pair) => pair.join(' '))
      .join(', ')}\nExit code: 0 proven, ${EXIT_BROKEN} a promise is broken, ${EXIT_NOT_RUN} it could not be run.`,
  )
  .action(main);

async function main({
  seed = 1 + Math.floor(Math.random() * 1_000_000),
  json,
  settle,
  fault,
  calm,
  ...options
}: Options): Promise<void> {
  const since = Date.now();
  const line = (text: string): void => {
    const seconds = Math.round((Date.now() - since) / 1_000);
    if (!json) process.stdout.write(`${styleText('dim', `${String(seconds).padStart(4)} s  ${text}`)}\n`);
  };
  line(`seed ${seed}`);
  const bar = new SingleBar({ format: 'proving {bar} {percentage} %  {duration_formatted}', stream: process.stderr });
  const isLive = process.stderr.isTTY && !json;
  try {
    const verdict = await prove({
      ...options,
      chaos: calm ? 'outages' : 'all',
      seed,
      settleSeconds: settle,
      fault: fault ?? null,
      report: line,
      progress: (done, total) => {
        if (!isLive) return;
        if (bar.isActive) bar.update(done);
        else bar.start(total, done);
      },
    });
    bar.stop();
    const { records: _records, ...shown } = verdict;
    process.stdout.write(json ? `${JSON.stringify(shown)}\n` : reportOf(verdict));
    process.exitCode = verdict.isProven ? 0 : EXIT_BROKEN;
  } finally {
    bar.stop();
  }
}

program
  .exitOverride()
  .parseAsync()
  .catch((error: unknown) => {
    // The library has said what is wrong with the arguments; it also comes here when help was asked for.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : EXIT_NOT_RUN;
    else {
      process.stderr.write(`\n${inspect(error)}\n`);
      process.exitCode = EXIT_NOT_RUN;
    }
  });
