import type { FilePerson } from './import-batches.ts';
import type { ReadPerson } from './read-list-row.ts';

/** What an import made of a row. */
export const outcomes = ['added', 'changed', 'unchanged', 'refused', 'left', 'ambiguous'] as const;
export type Outcome = (typeof outcomes)[number];

/** A line of an import's report. It names nobody: the row is in the file of whoever imported it. */
export type ReportRow = {
  readonly row: number;
  readonly outcome: Outcome;
  readonly reason: string | null;
  /** Whom the row is about, or may be about where it was refused: they are not gone from the list. */
  readonly patientId: string | null;
};

const SHARED =
  'Somebody else on the list has the same NHS number. Both are kept, and both are withheld from extracts.';

/** The lines of somebody who was found on the list (`changes`: of which fields), or put on it (undefined). */
export function linesOf(
  filed: FilePerson,
  patientId: string,
  changes: readonly string[] | undefined,
  isNumberShared: boolean,
): ReportRow[] {
  const { row } = filed.first;
  const outcome = changes === undefined ? 'added' : changes.length > 0 ? 'changed' : 'unchanged';
  const changed = changes?.length ? `Changed: ${changes.join(', ')}.` : null;
  const what = [changed, ...(filed.first.notes ?? [])].filter(Boolean).join(' ') || null;
  const line: ReportRow = isNumberShared
    ? { row, outcome: 'ambiguous', reason: [SHARED, what].filter(Boolean).join(' '), patientId }
    : { row, outcome, reason: what, patientId };
  return [line, ...linesAgain(filed, patientId)];
}

/** The lines of somebody who was not taken in. */
export function refusedLines(
  { first, again }: FilePerson,
  reason: string,
  patientId: string | null,
): ReportRow[] {
  return [first, ...again].map(({ row }) => ({ row, outcome: 'refused', reason, patientId }));
}

/** The further rows of somebody: the same again, or other details, of which the first row's are used. */
function linesAgain({ first, again }: FilePerson, patientId: string): ReportRow[] {
  return again.map(({ row, person }) =>
    isSame(person, first.person)
      ? { row, outcome: 'unchanged', reason: `The same as row ${first.row}.`, patientId }
      : {
          row,
          outcome: 'refused',
          reason: `The same person as in row ${first.row}, with other details. Those of row ${first.row} were used.`,
          patientId,
        },
  );
}

function isSame(one: ReadPerson, other: ReadPerson): boolean {
  return (Object.keys(one) as (keyof ReadPerson)[]).every(
    (field) => JSON.stringify(one[field]) === JSON.stringify(other[field]),
  );
}
