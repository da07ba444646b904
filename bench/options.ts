import { InvalidArgumentError, Option } from 'commander';
import { postgresBinaries } from '../sandbox/postgres-server';

export const positive = (text: string): number => {
  if (!(Number(text) > 0)) throw new InvalidArgumentError('must be a number above 0.');
  return Number(text);
};

export const whole = (text: string): number => {
  if (!Number.isInteger(positive(text))) throw new InvalidArgumentError('must be a whole number.');
  return Number(text);
};

/** An option that chooses some of these by their names; all unless said. */
export function someOf<T extends { name: string }>(flag: string, description: string, all: readonly T[]): Option {
  const named = (text: string): T[] =>
    text.split(',').map((name) => {
      const one = all.find((each) => each.name === name.trim());
      const names = all.map((each) => each.name).join(', ');
      if (one === undefined) throw new InvalidArgumentError(`has no "${name}". There are: ${names}.`);
      return one;
    });
  return new Option(`${flag} <names>`, `${description}, comma-separated`).argParser(named).default(all, 'all');
}

export const databaseOption = (): Option =>
  new Option('--database <kind>', 'a throwaway PostgreSQL server, or the embedded database')
    .choices(['postgres', 'pglite'])
    .default(postgresBinaries() === null ? 'pglite' : 'postgres');

/** The names of things with what they are, for the end of a help text. */
export const listed = (title: string, all: readonly { name: string; what: string }[]): string =>
  `\n${title}:\n${all.map(({ name, what }) => `  ${name.padEnd(16)}${what}`).join('\n')}`;
