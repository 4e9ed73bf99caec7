import { barChart } from '../../../reports/bar-chart.ts';
import { latenesses } from '../../../reports/lateness.ts';
import type { Step } from '../../../reports/objection-counts.ts';
import type { ObjectionReport } from '../../../reports/objection-report.ts';
import { type ReportTable, show } from './report-table.ts';

const stepWords: Readonly<Record<Step, { name: string; short: string }>> = {
  recorded: { name: 'Recorded here', short: 'Recorded' },
  coded: { name: 'Type 1 coded in the clinical record', short: 'Coded' },
  acknowledged: { name: 'Acknowledged to the patient', short: 'Acknowledged' },
};

const series = [
  { name: 'Same day', colour: 0 },
  { name: 'Under 5 working days', colour: 2 },
  { name: '5 working days or more, up to a month', colour: 1 },
  { name: 'Over a month', colour: 3 },
];

const days = (count: number | null): string => (count === null ? 'None' : show(count));

/** From the day on which the practice was told to each step: how long, and what is overdue. */
export function timeTable({ times }: ObjectionReport): ReportTable {
  return {
    name: 'times',
    title: 'How long it took',
    caption: 'Days from the day on which the practice was told',
    head: [
      'Step',
      'Done',
      'Median, days',
      'Slowest, days',
      'Still waiting',
      '5 working days or more',
      'Of these over a month',
    ],
    rows: times.map(({ step, done, median, slowest, waiting, late }) => [
      stepWords[step].name,
      show(done),
      days(median),
      days(slowest),
      show(waiting),
      show(late.alert + late.breach),
      show(late.breach),
    ]),
    chart: barChart(
      times.map(({ step, late }) => ({
        label: stepWords[step].short,
        counts: latenesses.map((name) => late[name]),
      })),
    ),
    series,
    empty: times.some(({ done, waiting }) => done + waiting > 0)
      ? null
      : 'No objection was recorded in this period.',
    file: [
      [
        'step',
        'done',
        'median_days',
        'slowest_days',
        'waiting',
        ...latenesses.map((name) => name.replace('-', '_')),
      ],
      ...times.map(({ step, done, median, slowest, waiting, late }) =>
        [step, done, median ?? '', slowest ?? '', waiting, ...latenesses.map((name) => late[name])].map(
          String,
        ),
      ),
    ],
  };
}
