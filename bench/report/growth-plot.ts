import { init } from 'echarts';
import { type Point, type Series } from '../growth/measure-axis';
import { number } from './number';

const [WIDTH, LEFT, TOP, BOTTOM] = [980, 190, 70, 10];
const [PANEL_HEIGHT, GAP] = [58, 24];
const COLOUR = '#2f7d5b';

/** One figure along one axis, and where it is drawn. */
interface Panel {
  points: readonly Point[];
  figure: string;
  row: number;
  column: number;
}

/** Small multiples as an SVG picture: a column for each axis, a row for each figure, all to the same logarithmic scale. */
export function growthPlotOf(all: readonly Series[]): string {
  const figures = [...new Set(all.flatMap(({ points }) => Object.keys(points[0]?.figures ?? {})))];
  const panels = figures.flatMap((figure, row) => all.map(({ points }, column) => ({ points, figure, row, column })));
  const panelWidth = (WIDTH - LEFT) / all.length - GAP;
  const leftOf = (column: number): number => LEFT + column * (panelWidth + GAP);
  const topOf = (row: number): number => TOP + row * (PANEL_HEIGHT + GAP);
  const ratios = panels.flatMap(relative).flatMap(({ least, most }) => [least, most]);
  const [min, max] = [Math.min(0.5, ...ratios), Math.max(2, ...ratios)];
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: topOf(figures.length) + BOTTOM });
  chart.setOption({
    animation: false,
    title: [
      {
        text: 'Growth: each figure beside itself at the smallest size (a grid line is twice as much)',
        left: 0,
        top: 0,
      },
      ...all.map(({ what }, column) => ({ text: what, left: leftOf(column), top: 32 })),
      ...figures.map((text, row) => ({ text, left: 0, top: topOf(row) + PANEL_HEIGHT / 2 - 8 })),
    ].map((title) => ({ ...title, padding: 0, textStyle: { fontSize: title.top === 0 ? 13 : 11 } })),
    grid: panels.map(({ row, column }) => ({
      left: leftOf(column),
      top: topOf(row),
      width: panelWidth,
      height: PANEL_HEIGHT,
    })),
    xAxis: panels.map(({ points, row }, gridIndex) => ({
      gridIndex,
      type: 'category',
      data: points.map(({ size }) => number(size)),
      axisTick: { show: false },
      axisLabel: { show: row === figures.length - 1, interval: 0 },
      axisLine: { lineStyle: { color: '#bbb' } },
    })),
    yAxis: panels.map((_, gridIndex) => ({ gridIndex, type: 'log', logBase: 2, min, max, axisLabel: { show: false } })),
    series: panels.flatMap((panel, index) => [spreadOf(panel, index), lineOf(panel, index)]),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}

/** A figure at each size, and the extremes of its rounds, as multiples of the figure at the smallest size. */
function relative({ points, figure }: Panel): { median: number; least: number; most: number; label: string }[] {
  const unit = points[0]?.figures[figure]?.median ?? NaN;
  return points.flatMap(({ figures: { [figure]: found } }) =>
    found === undefined
      ? []
      : [
          {
            median: found.median / unit,
            least: Math.min(...found.values) / unit,
            most: Math.max(...found.values) / unit,
            label: number(found.median),
          },
        ],
  );
}

const lineOf = (panel: Panel, index: number) => ({
  type: 'line',
  xAxisIndex: index,
  yAxisIndex: index,
  data: relative(panel).map(({ median, label }) => ({
    value: median,
    label: { show: true, position: 'top', formatter: label },
  })),
  lineStyle: { color: COLOUR },
  itemStyle: { color: COLOUR },
});

/** A stroke from the least to the most of the rounds. */
const spreadOf = (panel: Panel, index: number) => ({
  type: 'custom',
  xAxisIndex: index,
  yAxisIndex: index,
  data: relative(panel).map(({ least, most }, place) => [place, least, most]),
  renderItem(_: unknown, { value, coord }: { value(n: number): number; coord(at: number[]): number[] }) {
    const [[x1, y1], [x2, y2]] = [coord([value(0), value(1)]), coord([value(0), value(2)])] as const;
    return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: COLOUR, opacity: 0.4, lineWidth: 4 } };
  },
});
