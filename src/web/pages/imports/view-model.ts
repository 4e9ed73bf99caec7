import { showInstant } from '../../../day.ts';
import { type ImportStatus, type PatientImport, statusAt } from '../../../patients/patient-import.ts';
import { type Outcome, outcomes, type ReportRow } from '../../../patients/report-row.ts';
import { paths } from '../../paths.ts';
import type { NameOf } from '../objections/who.ts';

const grouped = new Intl.NumberFormat('en-GB');

const statuses: Readonly<Record<ImportStatus, { text: string; colour: string }>> = {
  running: { text: 'Running', colour: 'blue' },
  complete: { text: 'Complete', colour: 'green' },
  waiting: { text: 'Waits for you', colour: 'orange' },
  interrupted: { text: 'Interrupted', colour: 'red' },
  failed: { text: 'Failed', colour: 'red' },
  undone: { text: 'Undone', colour: 'grey' },
};

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  added: 'Added',
  changed: 'Changed',
  unchanged: 'Unchanged',
  refused: 'Refused',
  left: 'Left, says the file',
  ambiguous: 'Number shared',
};

const colours: Readonly<Record<Outcome, string>> = {
  added: 'green',
  changed: 'blue',
  unchanged: 'grey',
  refused: 'red',
  left: 'grey',
  ambiguous: 'orange',
};

/** An import as the list and its own page show it. */
export function importView(one: PatientImport, nameOf: NameOf, now: Date) {
  const status = statusAt(one, now);
  const { done, rows, counts, gone, fileName, wholeList } = one;
  return {
    href: paths.import(one.id),
    fileName,
    status: statuses[status],
    isRunning: status === 'running',
    isWaiting: status === 'waiting',
    /** It stopped before its end, and is to be run again. */
    isUnfinished: status === 'interrupted' || status === 'failed',
    message: one.message,
    started: showInstant(one.startedAt),
    startedBy: nameOf({ kind: 'staff', id: one.startedBy }),
    kind: wholeList ? 'The whole list' : 'A part of the list',
    done,
    rows,
    progress: `${grouped.format(done)} of ${grouped.format(rows)} rows`,
    gone: wholeList || gone > 0 ? grouped.format(gone) : undefined,
    wholeList,
    undone:
      one.undoneAt && `${showInstant(one.undoneAt)}, by ${nameOf({ kind: 'staff', id: one.undoneBy ?? '' })}`,
    counts: outcomes.map((outcome) => ({
      words: outcomeWords[outcome],
      count: grouped.format(counts[outcome]),
    })),
    summary: outcomes
      .filter((outcome) => counts[outcome] > 0)
      .map((outcome) => `${grouped.format(counts[outcome])} ${outcomeWords[outcome].toLowerCase()}`)
      .join(', '),
  };
}

/** What is to be said of a row for which the report has no words. */
const silent: Partial<Readonly<Record<Outcome, string>>> = {
  added: 'New on the list',
  unchanged: 'Nothing new',
};

/** A line of the report. It names nobody: whoever imports has the file. */
export function reportLine({ row, outcome, reason, patientId }: ReportRow) {
  return {
    row,
    outcome: { text: outcomeWords[outcome], colour: colours[outcome] },
    reason: reason ?? silent[outcome] ?? '',
    href: patientId === null ? undefined : paths.patient(patientId),
  };
}

/** The filters of the report, with how many rows each has. */
export function reportFilters({ id, counts, done }: PatientImport, chosen: Outcome | undefined) {
  return [undefined, ...outcomes].map((outcome) => ({
    words: `${outcome ? outcomeWords[outcome] : 'All rows'} (${grouped.format(outcome ? counts[outcome] : done)})`,
    href: outcome ? `${paths.import(id)}?show=${outcome}` : paths.import(id),
    isChosen: outcome === chosen,
  }));
}
