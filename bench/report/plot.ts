import { init } from 'echarts';
import { type Budget } from '../measure/budget';
import { type Figure } from '../measure/figure';
import { type Report } from './origin';

const [WIDTH, BAR_HEIGHT, MARGIN] = [860, 26, 80];
const COLOURS = { met: '#2f7d5b', near: '#c9902b', missed: '#b3402f' } as const;

/** How many times better a figure is than its budget: 1 just keeps it, less misses it. */
const roomIn = ({ atLeast, atMost }: Budget, { median }: Figure): number =>
  atLeast === undefined ? (atMost ?? 0) / median : median / atLeast;

/** A bar for each budget, as an SVG picture. */
export function plotOf(reports: readonly Report[]): string {
  const bars = reports.flatMap(({ row, budgets, figures }) =>
    budgets.flatMap((budget) => {
      const figure = figures[budget.of];
      return figure === undefined
        ? []
        : [{ name: `${row}: ${budget.of}`, room: roomIn(budget, figure), ...budget, figure }];
    }),
  );
  const height = bars.length * BAR_HEIGHT + MARGIN;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({
    animation: false,
    title: {
      text: 'Each budget: how many times better than it must be (the line is the budget)',
      textStyle: { fontSize: 13 },
    },
    grid: { left: 250, right: 90, top: 40, bottom: 30 },
    xAxis: { type: 'log', min: 0.25, max: 16 },
    yAxis: { type: 'category', inverse: true, data: bars.map(({ name }) => name), axisTick: { show: false } },
    series: [
      {
        type: 'bar',
        data: bars.map(({ room, verdict, figure }) => ({
          value: Math.min(16, Math.max(0.25, room)),
          itemStyle: { color: COLOURS[verdict] },
          label: { show: true, position: 'right', formatter: String(Number(figure.median.toPrecision(3))) },
        })),
        markLine: {
          symbol: 'none',
          silent: true,
          label: { show: false },
          data: [{ xAxis: 1 }],
          lineStyle: { color: '#333', type: 'solid' },
        },
      },
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}
