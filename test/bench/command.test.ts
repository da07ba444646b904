import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchCommand } from '../../bench/command';
import { type Budget } from '../../bench/measure/budget';
import { type Row } from '../../bench/row';
import { history } from '../../bench/rows/history';
import { type Report } from '../../bench/report/origin';
import { runCommand } from '../commands/run-command';

const out = mkdtempSync(join(tmpdir(), 'claimkeeper-bench-test-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const run = (rows: readonly Row[], ...args: string[]) => runCommand(benchCommand(rows, []), '--out', out, ...args);

/** A row that measures these values, a value a round. */
const rowOf = (budget: Omit<Budget, 'of'>, ...values: number[]): Row => ({
  name: 'made-up',
  what: 'values that are made up',
  budgets: [{ of: 'x', ...budget }],
  prepare: () => Promise.resolve(() => Promise.resolve({ x: values.shift() ?? NaN })),
});

test('a row runs end to end: real figures, kept with where they are from, and a budget that nothing could keep fails the check', async () => {
  const forged: Row = { ...history, budgets: [{ of: 'events', atMost: 1 }] };
  const { out: printed, exitCode } = await run([forged], '--rounds', '1', '--check', '--json');
  const [report] = JSON.parse(printed) as [Report];
  expect(report).toMatchObject({
    row: 'history',
    budgets: [{ of: 'events', atMost: 1, verdict: 'missed' }],
    origin: { scale: 1, machine: { cores: expect.any(Number) }, versions: { node: process.versions.node } },
  });
  expect(report.figures['events']?.median).toBeGreaterThan(20);
  expect(report.figures['actions']?.median).toBeGreaterThan(9);
  const { database } = report.origin;
  expect(JSON.parse(readFileSync(join(out, database, 'history.json'), 'utf8'))).toEqual(report);
  expect(readFileSync(join(out, `${database}.svg`), 'utf8')).toMatch(/^<svg/);
  expect(exitCode).toBe(1);
});

test.each([
  ['is kept', { atLeast: 2 }, [3, 3, 3], 0],
  ['is missed within the spread', { atLeast: 2 }, [1, 1.9, 3], 0],
  ['is missed by more than the spread', { atLeast: 2 }, [1, 1, 1], 1],
])('when a budget %s, the check says so', async (_, budget, values, exitCode) => {
  const ran = await run([rowOf(budget, ...values)], '--rounds', '3', '--check');
  expect(ran).toEqual({ out: expect.stringContaining('made-up'), exitCode });
});

test('without --check a missed budget is shown and fails nothing', async () => {
  const ran = await run([rowOf({ atMost: 1 }, 2)], '--rounds', '1');
  expect(ran).toEqual({ out: expect.stringContaining('MISSED'), exitCode: 0 });
});

test('a row that there is not is refused, with the names of those that there are', async () => {
  const ran = await run([rowOf({}, 1)], '--rows', 'webhok');
  expect(ran).toEqual({ out: expect.stringContaining('no "webhok". There are: made-up.'), exitCode: 1 });
});

test('the help says in words which rows are measured unless told', async () => {
  const { out: printed } = await run([rowOf({ atLeast: 2 }, 1)], '--help');
  expect(printed).toContain('comma-separated (default: all)');
  expect(printed).not.toContain('budgets":');
});
