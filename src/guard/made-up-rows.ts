import type { ExtractVersion } from '../extracts/extract.ts';
import type { GroundRules } from '../extracts/grounds.ts';
import { localIdKinds } from '../patients/local-ids.ts';
import { NOBODY } from './decide-people.ts';
import { PatientIndex, type PatientRecord } from './patient-index.ts';

/** A row of the guard's self-test: somebody made up, whose number (999 990 …) was never issued. */
export type MadeUpRow = {
  /** What stands in the column with the NHS number. */
  readonly cell: string;
  /** What is known of each patient with that number. */
  readonly known: readonly Partial<PatientRecord>[];
  /** Read from the table of grounds, not from the rule that the guard made of it. */
  readonly mayLeave: (ground: GroundRules, version: Pick<ExtractVersion, 'includeLeft'>) => boolean;
};

const never = () => false;

/** One for each reason to withhold; the first is the control, who has to leave. */
export const madeUpRows: readonly MadeUpRow[] = [
  { cell: '9999000010', known: [{}], mayLeave: () => true },
  {
    cell: '9999000029',
    known: [{ objected: { type1: true, type2: false } }],
    mayLeave: ({ type1 }) => type1 === 'not-applied',
  },
  {
    cell: '9999000037',
    known: [{ objected: { type1: false, type2: true } }],
    mayLeave: ({ type2 }) => type2 === 'not-applied',
  },
  { cell: '9999000045', known: [{ left: true }], mayLeave: (_, { includeLeft }) => includeLeft },
  { cell: '9999000053', known: [{ restricted: true }], mayLeave: never },
  { cell: '9999000061', known: [{}, {}], mayLeave: never },
  { cell: '9999000088', known: [], mayLeave: never },
  { cell: '9999000096', known: [{ listed: false }], mayLeave: never },
  { cell: '9999000011', known: [], mayLeave: never },
  { cell: '""', known: [], mayLeave: never },
];

const patients = madeUpRows.flatMap((row) => row.known.map((known) => ({ row, known })));

/** The ordinal of the row's patient in {@link madeUpIndex}; NOBODY where there is none. */
export function ordinalOf(row: MadeUpRow): number {
  const ordinal = patients.findIndex((patient) => patient.row === row);
  return ordinal < 0 ? NOBODY : ordinal;
}

/** The id of the row's patient in the practice's own system; '' where the row has no number either. */
export function localIdOf(row: MadeUpRow): string {
  return numberOf(row) === '' ? '' : `made-up-${madeUpRows.indexOf(row)}`;
}

/** What is in the cell, without its quotes. */
export function numberOf({ cell }: MadeUpRow): string {
  return cell.replaceAll('"', '');
}

/** The made-up people as a patient list. */
export const madeUpIndex = PatientIndex.empty.with(
  1,
  patients.map(({ row, known }, ordinal) => ({
    ordinal,
    id: `made-up-${ordinal}`,
    nhsNumber: row.cell,
    person: null,
    listed: true,
    left: false,
    restricted: false,
    objected: { type1: false, type2: false },
    localIds: localIdKinds.map((kind) => ({ kind, value: localIdOf(row) })),
    ...known,
  })),
);
