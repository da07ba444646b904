import { type Figure } from '../measure/figure';
import { measureRow, type Settings } from '../measure/measure-row';
import { type Progress } from '../report/progress';
import { type Row } from '../row';
import { amountAt } from '../site/site';
import { type Axis } from './axis';
import { measured } from './measured';

/** The figures at one size. */
export interface Point {
  size: number;
  figures: Record<string, Figure>;
}

/** The figures of an axis at each of its sizes, the smallest first. */
export interface Series {
  axis: string;
  what: string;
  points: readonly Point[];
}

/** Measures an axis, size after size, each on a site of its own. */
export async function measureAxis(
  { name, what, sizes, prepare }: Axis,
  settings: Settings,
  { at, oneDone }: Progress,
): Promise<Series> {
  const points: Point[] = [];
  for (const atFullScale of sizes) {
    const size = amountAt(settings.scale, atFullScale);
    const row: Row = {
      name: `${name} ${size}`,
      what,
      budgets: [],
      prepare: async (site) => measured(site, await prepare(site, size)),
    };
    const { figures } = await measureRow(row, settings, at);
    points.push({ size, figures });
    oneDone();
  }
  return { axis: name, what, points };
}
