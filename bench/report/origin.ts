import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { type Result, type Settings } from '../measure/measure-row';
import { type Measuring } from '../options';

/** Where, when and of what figures are. */
export interface Origin {
  date: string;
  commit: string;
  machine: { cpu: string; cores: number; memoryGb: number; platform: string };
  versions: { node: string; temporalSdk: string };
  database: string;
  temporal: string;
  scale: number;
  /** What the machine was doing already: processes that wanted to run in the minute before. Beyond a few tenths, figures are not of this product alone. */
  loadBefore: number;
}

/** A row's figures with their origin: what is kept. */
export interface Report extends Result {
  origin: Origin;
}

/** What the command line and the environment say of how to measure, and the origin of what will be measured so. */
export function conditionsOf({ scale, rounds, database }: Measuring): { settings: Settings; origin: Origin } {
  const temporalAddress = process.env['TEMPORAL_ADDRESS'] || null;
  return {
    settings: { scale, rounds, database, temporalAddress },
    origin: originOf({ database, temporal: temporalAddress ?? 'in memory', scale }),
  };
}

function originOf(settings: Pick<Origin, 'database' | 'temporal' | 'scale'>): Origin {
  const [first] = cpus();
  return {
    date: new Date().toISOString(),
    commit: commit(),
    machine: {
      cpu: first?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 1024 ** 3),
      platform: `${process.platform}-${process.arch}`,
    },
    versions: { node: process.versions.node, temporalSdk: versionOf('@temporalio/worker') },
    ...settings,
    loadBefore: loadavg()[0] ?? 0,
  };
}

function versionOf(name: string): string {
  const file = require.resolve(`${name}/package.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** With a `+` when what is measured is not quite what was committed. */
function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  try {
    return (
      git('rev-parse', '--short', 'HEAD') +
      (git('status', '--porcelain', '--', 'src', 'bench/**/*.ts') === '' ? '' : '+')
    );
  } catch {
    return 'unknown';
  }
}
