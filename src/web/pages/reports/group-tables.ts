import { receivedVias } from '../../../objections/received-via.ts';
import { requesters } from '../../../objections/who-may-ask.ts';
import { barChart } from '../../../reports/bar-chart.ts';
import { ageBands, type Group } from '../../../reports/objection-counts.ts';
import type { ComparedReport } from '../../../reports/objection-report.ts';
import { requesterWords, viaWords, wordFor } from '../objections/words.ts';
import { comparedSeries, differenceWords, type ReportTable, show } from './report-table.ts';

type Part = 'receivedVia' | 'requesters' | 'ages';
type Words = Readonly<Record<string, string>>;
type Kind = {
  readonly part: Part;
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly column: string;
  /** Every name there is, in the order in which they are shown. */
  readonly names: readonly string[];
  readonly words: Words;
  /** Shorter ones, for below the bars. */
  readonly short: Words;
};

const ages = Object.fromEntries(ageBands.map(({ name }) => [name, name.replace('-', ' to ')]));

const kinds: readonly Kind[] = [
  {
    part: 'receivedVia',
    name: 'received-via',
    title: 'How they were received',
    caption: 'Objections recorded or confirmed, by how they were received',
    column: 'Received via',
    names: receivedVias,
    words: viaWords,
    short: { 'type-1-form': 'Form', 'online-form': 'Online', 'clinical-record': 'Record' },
  },
  {
    part: 'requesters',
    name: 'requesters',
    title: 'Who asked',
    caption: 'Objections recorded or confirmed, by who asked',
    column: 'Asked by',
    names: requesters,
    words: requesterWords,
    short: {
      patient: 'Patient',
      'parental-responsibility': 'Parent',
      'attorney-health': 'Attorney, health',
      'attorney-property': 'Attorney, money',
      deputy: 'Deputy',
      'nobody-to-decide': 'Cannot decide',
      'child-and-parent-disagree': 'Disagreement',
    },
  },
  {
    part: 'ages',
    name: 'ages',
    title: 'Age of the patient',
    caption: 'Objections recorded or confirmed, by the patient’s age when the practice was told',
    column: 'Age',
    names: ageBands.map(({ name }) => name),
    words: { ...ages, '80+': '80 and over' },
    short: ages,
  },
];

/** By how they were received, by who asked, by age: each with the period before. */
export function groupTables({ now, before }: ComparedReport): ReportTable[] {
  return kinds.map((kind) => {
    const rows = rowsOf(kind, now[kind.part], before[kind.part]);
    const { name, title, caption, column, words, short } = kind;
    const label = (of: string | null) => wordFor({ ...words, ...short }, of);
    return {
      name,
      title,
      caption,
      head: [column, 'This period', 'Period before', 'Difference'],
      rows: rows.map((row) => [
        wordFor(words, row.name),
        show(row.now),
        show(row.before),
        differenceWords(row.now, row.before),
      ]),
      chart: barChart(rows.map((row) => ({ label: label(row.name), counts: [row.now, row.before] }))),
      series: comparedSeries,
      empty: rows.some((row) => row.now + row.before > 0)
        ? null
        : 'No objection was recorded in this period, nor in the one before.',
      file: [
        [name.replaceAll('-', '_'), 'this_period', 'period_before'],
        ...rows.map((row) => [row.name ?? 'not-known', String(row.now), String(row.before)]),
      ],
    };
  });
}

/** Those that were counted in either period; of the ages, all of them. */
function rowsOf({ part, names }: Kind, now: readonly Group[], before: readonly Group[]) {
  const countOf = (groups: readonly Group[], name: string | null) =>
    groups.find((one) => one.name === name)?.count ?? 0;
  const others = [...now, ...before].map(({ name }) => name).filter((name) => !names.includes(name ?? ''));
  return [...new Set([...names, ...others])]
    .map((name) => ({ name, now: countOf(now, name), before: countOf(before, name) }))
    .filter((row) => part === 'ages' || row.now + row.before > 0);
}
