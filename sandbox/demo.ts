#!/usr/bin/env node
import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import { readAddresses } from './addresses';
import { apiOf } from './claims/api';
import { switchFaultsOff, switchFaultsOn } from './claims/faults';
import { partnersOf } from './claims/partners';
import { isRight, runClaim, type ClaimResult } from './claims/run-claim';
import { scenarios, type Scenario } from './claims/scenario';
import { filesIn } from './files';

interface Options {
  claims: number;
  faults: boolean;
  seed: number;
  json: boolean;
}

const positive = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('must be a whole number from 1.');
  return number;
};

const program = new Command('npm run demo --')
  .description(
    'Runs more claims through the sandbox that `npm start` has started, and counts at the partners what came of them.',
  )
  .option('--claims <n>', 'how many', positive, 20)
  .option(
    '--faults',
    'let the partners fail now and then: lost answers, 5xx, 429, doubled and late webhooks, stale reads',
    false,
  )
  .option('--seed <n>', 'the same seed gives the same claims', positive, 1)
  .option('--json', 'print the result as JSON', false)
  .action(main);

const AT_ONCE = 8;

async function main({ claims, faults, seed, json }: Options): Promise<void> {
  const addresses = await readAddresses(filesIn(process.env['CLAIMKEEPER_DATA_DIR'] ?? '.data').addresses);
  const api = apiOf(addresses);
  const partners = partnersOf(addresses);
  const bar = new SingleBar({
    format: 'claims {bar} {value}/{total}  {duration_formatted}',
    stream: process.stderr,
    noTTYOutput: true,
  });
  if (faults) await switchFaultsOn(partners);
  let counts: Record<string, number> = {};
  const results: ClaimResult[] = [];
  bar.start(claims, 0);
  try {
    const waiting = scenarios(claims, seed);
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        results.push(await runClaim(next, api, partners));
        bar.increment();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    bar.stop();
    if (faults) counts = await switchFaultsOff(partners);
  }
  const wrong = results.filter((result) => !isRight(result));
  process.stdout.write(
    json ? `${JSON.stringify({ results, faults: counts, wrong: wrong.length })}\n` : report(results, counts, wrong),
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

function report(
  results: readonly ClaimResult[],
  counts: Record<string, number>,
  wrong: readonly ClaimResult[],
): string {
  const plain = process.stdout.isTTY ? {} : { style: { head: [], border: [] } };
  const table = new Table({
    ...plain,
    head: ['claims', 'how many', 'Klaims', 'resolutions', 'commands', 'reports', 'median'],
  });
  const names: readonly Scenario['name'][] = ['refund', 'reship', 'split', 'denied'];
  for (const name of names) {
    const group = results.filter(({ scenario }) => scenario === name);
    const sum = (key: 'klaims' | 'resolutions' | 'commands' | 'reports'): number =>
      group.reduce((total, one) => total + one[key], 0);
    const times = group.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
    const median = times[Math.floor(times.length / 2)] ?? 0;
    table.push([
      name,
      group.length,
      sum('klaims'),
      sum('resolutions'),
      sum('commands'),
      sum('reports'),
      `${(median / 1_000).toFixed(1)} s`,
    ]);
  }
  const happened = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  const verdict =
    wrong.length === 0
      ? 'One Klaim per claim, one command and one report per resolution.'
      : `${wrong.length} claims are wrong: ${wrong.map(({ claimId }) => claimId).join(', ')}`;
  return `${table.toString()}\n${happened.length === 0 ? '' : `Faults that happened: ${happened.join(', ')}\n`}${verdict}\n`;
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
