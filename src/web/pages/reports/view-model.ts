import { showDay, showMonth } from '../../../day.ts';
import { barChart } from '../../../reports/bar-chart.ts';
import type { ComparedReport, ObjectionReport, Totals } from '../../../reports/objection-report.ts';
import type { Period } from '../../../reports/period.ts';
import { groupTables } from './group-tables.ts';
import { comparedSeries, differenceWords, type ReportTable, show } from './report-table.ts';
import { timeTable } from './time-table.ts';

const perCent = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const words = ({ from, to }: Period): string => `${showDay(from)} to ${showDay(to)}`;

/**
 * The report as its page shows it.
 *
 * @param listSize patients registered now
 */
export function reportView(report: ComparedReport, listSize: number) {
  const { period, inForce, patients } = report.now;
  return {
    periodWords: words(period),
    beforeWords: words(report.before.period),
    asOf: showDay(period.to),
    figures: [
      { key: 'Type 1 objections in force', value: show(inForce['type-1']) },
      { key: 'Type 2 objections in force', value: show(inForce['type-2']) },
      { key: 'Patients with an objection in force', value: show(patients) },
      {
        key: 'Share of the list',
        value:
          listSize === 0
            ? 'No patients on the list'
            : `${perCent.format((patients / listSize) * 100)}% of ${show(listSize)}`,
      },
    ],
    tables: reportTables(report),
  };
}

/** Every table of a report, each with its picture and its file. */
export function reportTables(report: ComparedReport): ReportTable[] {
  return [
    monthTable(report.now),
    comparedTable(report),
    ...groupTables(report),
    noticeTable(report.now),
    timeTable(report.now),
  ];
}

function monthTable({ months }: ObjectionReport): ReportTable {
  const rows = months.map(({ month, recorded, withdrawn }) => ({
    month,
    counts: [recorded['type-1'], recorded['type-2'], withdrawn['type-1'] + withdrawn['type-2']],
  }));
  const series = ['Type 1 recorded', 'Type 2 recorded', 'Withdrawn'];
  return {
    name: 'months',
    title: 'Recorded and withdrawn, by month',
    caption: 'Recorded and withdrawn, by month',
    head: ['Month', ...series],
    rows: rows.map(({ month, counts }) => [showMonth(month), ...counts.map(show)]),
    chart: barChart(rows.map(({ month, counts }) => ({ label: shortMonth(month), counts }))),
    series: series.map((name, colour) => ({ name, colour })),
    empty: null,
    file: [
      ['month', 'type_1_recorded', 'type_2_recorded', 'type_1_withdrawn', 'type_2_withdrawn'],
      ...months.map(({ month, recorded, withdrawn }) =>
        [month, recorded['type-1'], recorded['type-2'], withdrawn['type-1'], withdrawn['type-2']].map(String),
      ),
    ],
  };
}

function noticeTable({ afterNotices }: ObjectionReport): ReportTable {
  const rows = afterNotices.map(({ name, version, ...counts }) => ({
    name: `${name} (version ${version})`,
    ...counts,
  }));
  return {
    name: 'after-notices',
    title: 'Objections after a notice',
    caption: 'Objections received in this period from patients whom a notice had told',
    head: ['Notice', 'Told up to then', 'Objected'],
    rows: rows.map(({ name, told, objected }) => [name, show(told), show(objected)]),
    chart: barChart(rows.map(({ name, objected }) => ({ label: name, counts: [objected] }))),
    series: [{ name: 'Objected', colour: 0 }],
    empty: rows.length === 0 ? 'Nobody was told by a notice up to the end of this period.' : null,
    file: [
      ['notice', 'told', 'objected'],
      ...rows.map(({ name, told, objected }) => [name, String(told), String(objected)]),
    ],
  };
}

/** `Mar 26`, of `2026-03`. */
const shortMonth = (month: string): string => `${showMonth(month).slice(0, 3)} ${month.slice(2, 4)}`;

const whatWords: Readonly<Record<keyof Totals, string>> = {
  recorded: 'recorded',
  confirmed: 'confirmed',
  withdrawn: 'withdrawn',
};

type Comparison = {
  readonly name: string;
  readonly words: string;
  readonly count: (report: ObjectionReport) => number;
};

const acts: readonly Comparison[] = (['recorded', 'confirmed', 'withdrawn'] as const).flatMap((what) =>
  (['type-1', 'type-2'] as const).map((type) => ({
    name: `${what}_${type.replace('-', '_')}`,
    words: `Type ${type.slice(-1)} ${whatWords[what]}`,
    count: ({ totals }: ObjectionReport) => totals[what][type],
  })),
);
// Not in the picture: beside so many, the acts of one period would hardly show.
const patients: Comparison = {
  name: 'patients_in_force',
  words: 'Patients with an objection in force at the end',
  count: (report) => report.patients,
};

function comparedTable({ now, before }: ComparedReport): ReportTable {
  const compare = ({ name, words: what, count }: Comparison) => ({
    name,
    words: what,
    now: count(now),
    before: count(before),
  });
  const shown = acts.map(compare);
  const rows = [...shown, compare(patients)];
  return {
    name: 'compared',
    title: 'Compared with the period before',
    caption: `${words(now.period)}, compared with ${words(before.period)}`,
    head: ['What', 'This period', 'Period before', 'Difference'],
    rows: rows.map((row) => [
      row.words,
      show(row.now),
      show(row.before),
      differenceWords(row.now, row.before),
    ]),
    chart: barChart(shown.map((row) => ({ label: row.words, counts: [row.now, row.before] }))),
    series: comparedSeries,
    empty: null,
    file: [
      ['what', 'this_period', 'period_before'],
      ...rows.map((row) => [row.name, String(row.now), String(row.before)]),
    ],
  };
}
