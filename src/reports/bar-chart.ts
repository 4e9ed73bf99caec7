import { scaleBand, scaleLinear } from 'd3-scale';

/** A picture of counts by month, as positions; the page draws it and always gives the table as well. */
export type BarChart = {
  readonly width: number;
  readonly height: number;
  readonly bars: readonly {
    readonly series: number;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly ticks: readonly { readonly y: number; readonly value: number }[];
  readonly labels: readonly { readonly x: number; readonly text: string }[];
  readonly base: number;
  readonly left: number;
};

const WIDTH = 900;
const HEIGHT = 300;
const MARGIN = { top: 10, bottom: 40, left: 45, right: 10 };
/** More labels than this would run into each other. */
const MOST_LABELS = 13;

/**
 * Grouped bars.
 * @param groups one a month: its label, and a count for each series (never negative)
 */
export function barChart(groups: readonly { label: string; counts: readonly number[] }[]): BarChart {
  const series = Math.max(1, ...groups.map(({ counts }) => counts.length));
  const most = Math.max(1, ...groups.flatMap(({ counts }) => counts));
  const base = HEIGHT - MARGIN.bottom;
  const x = scaleBand<number>(
    groups.map((_, i) => i),
    [MARGIN.left, WIDTH - MARGIN.right],
  ).paddingInner(0.25);
  const inner = scaleBand<number>(
    Array.from({ length: series }, (_, i) => i),
    [0, x.bandwidth()],
  );
  const y = scaleLinear([0, most], [base, MARGIN.top]).nice(4);
  const every = Math.ceil(groups.length / MOST_LABELS);
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    width: WIDTH,
    height: HEIGHT,
    base,
    left: MARGIN.left,
    bars: groups.flatMap(({ counts }, group) =>
      counts.map((count, at) => ({
        series: at,
        x: round((x(group) ?? 0) + (inner(at) ?? 0)),
        y: round(y(count)),
        width: round(inner.bandwidth()),
        height: round(base - y(count)),
      })),
    ),
    ticks: y
      .ticks(4)
      .filter(Number.isInteger)
      .map((value) => ({ value, y: round(y(value)) })),
    labels: groups.flatMap(({ label }, group) =>
      group % every === 0 ? [{ text: label, x: round((x(group) ?? 0) + x.bandwidth() / 2) }] : [],
    ),
  };
}
