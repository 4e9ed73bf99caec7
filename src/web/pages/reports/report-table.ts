import type { BarChart } from '../../../reports/bar-chart.ts';

/** A table of a report, with its picture and its file. */
export type ReportTable = {
  /** In the address of its file. */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  /** The first column names the row; the others are numbers, or a difference in words. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly chart: BarChart;
  /** The names of the chart's series, in the order of its bars, each with the number of its colour. */
  readonly series: readonly { readonly name: string; readonly colour: number }[];
  /** Shown instead of picture and table when there is nothing to count. */
  readonly empty: string | null;
  /** The same as the rows of a file, with a heading that programs can rely on. */
  readonly file: readonly (readonly string[])[];
};

const grouped = new Intl.NumberFormat('en-GB');

/** A count as pages show it: 1,234. */
export const show = (count: number): string => grouped.format(count);

/** How a count differs from the one before, in words. */
export function differenceWords(now: number, before: number): string {
  if (now === before) return 'The same';
  return now > before ? `${show(now - before)} more` : `${show(before - now)} fewer`;
}

/** The series of every chart that compares a period with the one before. */
export const comparedSeries = [
  { name: 'This period', colour: 0 },
  { name: 'The period before', colour: 2 },
];
