import Table from 'cli-table3';
import { type Budget, type Verdict } from '../measure/budget';
import { type Result } from '../measure/measure-row';
import { number } from './number';

const WORDS: Readonly<Record<Verdict, string>> = { met: 'ok', near: 'within the spread', missed: 'MISSED' };

/** No colours where nobody sees them. */
export const styleFor = (isTerminal: boolean) => (isTerminal ? {} : { style: { head: [], border: [] } });

/** The budgets as a table, and under it everything else that was measured. */
export function tableOf(results: readonly Result[], isTerminal: boolean): string {
  const table = new Table({ ...styleFor(isTerminal), head: ['row', 'figure', 'median', '±', 'budget', ''] });
  for (const { row, budgets, figures } of results)
    for (const budget of budgets) {
      const figure = figures[budget.of];
      table.push([
        row,
        budget.of,
        number(figure?.median),
        number(figure?.spread),
        limit(budget),
        WORDS[budget.verdict],
      ]);
    }
  const details = results.map(({ row, what, figures }) => {
    const said = Object.entries(figures).map(([name, { median }]) => `${name} ${number(median)}`);
    return `${row} (${what}): ${said.join(', ')}`;
  });
  return `${table.toString()}\n${details.join('\n')}\n`;
}

const limit = ({ atLeast, atMost }: Budget): string =>
  atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
