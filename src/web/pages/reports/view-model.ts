import { showDay, showMonth } from '../../../day.ts';
import { barChart } from '../../../reports/bar-chart.ts';
import type { ObjectionReport } from '../../../reports/objection-report.ts';

const grouped = new Intl.NumberFormat('en-GB');
const perCent = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** The names of the chart's series, in the order of its bars. */
export const series = ['Type 1 recorded', 'Type 2 recorded', 'Withdrawn'];

/** The report as its page shows it. */
export function reportView(report: ObjectionReport) {
  const { period, inForce, patients, listSize, sharePerCent } = report;
  const months = report.months.map(({ month, recorded, withdrawn }) => ({
    month,
    counts: [recorded['type-1'], recorded['type-2'], withdrawn['type-1'] + withdrawn['type-2']],
  }));
  return {
    periodWords: `${showDay(period.from)} to ${showDay(period.to)}`,
    asOf: showDay(period.to),
    figures: [
      { key: 'Type 1 objections in force', value: grouped.format(inForce['type-1']) },
      { key: 'Type 2 objections in force', value: grouped.format(inForce['type-2']) },
      { key: 'Patients with an objection in force', value: grouped.format(patients) },
      {
        key: 'Share of the list',
        value:
          sharePerCent === null
            ? 'No patients on the list'
            : `${perCent.format(sharePerCent)}% of ${grouped.format(listSize)}`,
      },
    ],
    chart: barChart(months.map(({ month, counts }) => ({ label: shortMonth(month), counts }))),
    series,
    months: months.map(({ month, counts }) => ({
      month: showMonth(month),
      counts: counts.map((n) => grouped.format(n)),
    })),
    receivedVia: report.receivedVia.map(({ via, count }) => ({
      via: viaWords(via),
      count: grouped.format(count),
    })),
  };
}

/** `Mar 26`, of `2026-03`. */
const shortMonth = (month: string): string => `${showMonth(month).slice(0, 3)} ${month.slice(2, 4)}`;

const viaWords = (via: string | null): string => {
  if (via === null) return 'Not known';
  const words = via.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The same counts as rows of a file. */
export function reportRows(report: ObjectionReport): string[][] {
  return [
    ['month', 'type_1_recorded', 'type_2_recorded', 'type_1_withdrawn', 'type_2_withdrawn'],
    ...report.months.map(({ month, recorded, withdrawn }) =>
      [month, recorded['type-1'], recorded['type-2'], withdrawn['type-1'], withdrawn['type-2']].map(String),
    ),
  ];
}
