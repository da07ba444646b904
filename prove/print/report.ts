import Table from 'cli-table3';
import { FLAT, type Steady } from '../run/steady';
import { killsIn } from '../run/happened';
import { type Verdict } from '../run/prove';
import { evidenceOf } from './evidence';

const plain = { style: { compact: true, ...(process.stdout.isTTY ? {} : { head: [], border: [] }) } };

/** The closing tables, and on a violation its evidence and how to run the same again. */
export function reportOf(verdict: Verdict): string {
  const { proofs, happened, steady, seed, claims, tookSeconds, fault } = verdict;
  const table = new Table({ ...plain, head: ['', 'promise', 'checked', 'how many', 'broken'] });
  for (const { id, promise, checked, count, violations } of proofs)
    table.push([id, promise, checked, count, violations.length]);
  const real = new Table({ ...plain, head: ['what really happened', 'how often'] });
  for (const [what, count] of Object.entries(happened).sort()) real.push([what, count]);
  const run = `seed ${seed}, ${claims} claims, ${killsIn(happened)} kills, ${tookSeconds} s${fault === null ? '' : `, with the fault ${fault}`}`;
  return [
    real.toString(),
    ...(steady === null ? [] : [steadyTable(steady)]),
    table.toString(),
    ...violations(verdict),
    ...verdict.unfinished,
    `${verdict.isProven ? 'Proven' : 'NOT proven'}: ${run}.`,
    '',
  ].join('\n');
}

function violations(verdict: Verdict): string[] {
  const all = verdict.proofs.flatMap((proof) => proof.violations);
  if (all.length === 0) return [];
  const lines = all.map(({ promise, claimId, what }) => `${promise}  ${claimId ?? '(no claim)'}: ${what}`);
  const evidence = Object.entries(verdict.said).map(
    ([claimId, said]) =>
      `All that is on record of ${claimId}\n${evidenceOf(verdict, claimId)}\nThe service says\n${JSON.stringify(said, null, 1)}`,
  );
  return [
    '',
    ...lines,
    '',
    ...evidence,
    '',
    `The same plan again: npm run prove -- --seed ${verdict.seed} with the same other options`,
  ];
}

function steadyTable({ trends, minutes, claims, isFlat }: Steady): string {
  const table = new Table({
    ...plain,
    head: ['process', 'memory', 'per minute', 'open files', 'per minute'],
  });
  for (const { role, residentMb, openFiles } of trends)
    table.push([
      role,
      `${residentMb.first.toFixed(0)} → ${residentMb.last.toFixed(0)} MB`,
      `${residentMb.perMinute.toFixed(2)} MB`,
      `${openFiles.first} → ${openFiles.last}`,
      openFiles.perMinute.toFixed(2),
    ]);
  const bounds = `at most ${FLAT.residentMb} MB and ${FLAT.openFiles} files per minute`;
  return `${table.toString()}\n${isFlat ? 'Flat' : 'NOT flat'} (${bounds}) over ${minutes.toFixed(1)} minutes with ${claims} claims and no kills.`;
}
