import Table from 'cli-table3';
import { type Series } from '../growth/measure-axis';
import { number } from './number';
import { styleFor } from './table';

/** A table for each axis: every figure, median and spread, at each size. */
export function growthTableOf(all: readonly Series[], isTerminal: boolean): string {
  return all
    .map(({ what, points }) => {
      const table = new Table({ ...styleFor(isTerminal), head: [what, ...points.map(({ size }) => number(size))] });
      for (const name of Object.keys(points[0]?.figures ?? {}))
        table.push([
          name,
          ...points.map(({ figures }) => `${number(figures[name]?.median)} ± ${number(figures[name]?.spread)}`),
        ]);
      return `${table.toString()}\n`;
    })
    .join('');
}
