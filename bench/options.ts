import { InvalidArgumentError, Option, type Command } from 'commander';
import { postgresBinaries } from '../sandbox/postgres-server';

/** How anything is measured, as the command line says it. */
export interface Measuring {
  rounds: number;
  scale: number;
  database: 'postgres' | 'pglite';
  json: boolean;
  out: string;
}

const positive = (text: string): number => {
  if (!(Number(text) > 0)) throw new InvalidArgumentError('must be a number above 0.');
  return Number(text);
};

const whole = (text: string): number => {
  if (!Number.isInteger(positive(text))) throw new InvalidArgumentError('must be a whole number.');
  return Number(text);
};

/** Lets a command be told how to measure; `rounds` unless said. */
export const measuring = (command: Command, rounds: number): Command =>
  command
    .option('--rounds <n>', 'how often each is measured; median and spread are over these', whole, rounds)
    .option('--scale <factor>', 'what the amount of work is multiplied by; figures are meant for 1', positive, 1)
    .addOption(
      new Option('--database <kind>', 'a throwaway PostgreSQL server, or the embedded database')
        .choices(['postgres', 'pglite'])
        .default(postgresBinaries() === null ? 'pglite' : 'postgres'),
    )
    .option('--json', 'print the results as JSON', false)
    .option('--out <folder>', 'where results and plot are kept, in place of those of the last run', 'bench/results');

interface Named {
  name: string;
  what: string;
}

/** Lets a command be told which of these it is about, by their names; all unless said. */
export function choosing<T extends Named>(command: Command, flag: 'rows' | 'axes', all: readonly T[]): Command {
  const names = all.map(({ name }) => name).join(', ');
  const named = (text: string): T[] =>
    text.split(',').map((name) => {
      const one = all.find((each) => each.name === name.trim());
      if (one === undefined) throw new InvalidArgumentError(`has no "${name}". There are: ${names}.`);
      return one;
    });
  const option = new Option(`--${flag} <names>`, 'only these, comma-separated').argParser(named).default(all, 'all');
  const lines = all.map(({ name, what }) => `  ${name.padEnd(16)}${what}`);
  return command.addOption(option).addHelpText('after', `\nThe ${flag}:\n${lines.join('\n')}`);
}
