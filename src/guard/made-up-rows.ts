import type { ExtractVersion } from '../extracts/extract.ts';
import type { Application, GroundRules } from '../extracts/grounds.ts';
import type { ObjectionType } from '../objections/objection.ts';
import { localIdKinds } from '../patients/local-ids.ts';
import { NOBODY } from './decide-people.ts';
import { PatientIndex, type PatientRecord } from './patient-index.ts';

/** A row of the guard's self-test: somebody made up, whose number (999 990 …) was never issued. */
export type MadeUpRow = {
  /** What stands in the column with the NHS number. */
  readonly cell: string;
  /** What is known of each patient with that number. Everybody on the list has consented, unless it says otherwise. */
  readonly known: readonly (Partial<PatientRecord> & { readonly withoutConsent?: true })[];
  /** Read from the table of grounds and what the guardian decided, not from the rule that the guard made of them. */
  readonly mayLeave: (ground: GroundRules, decided: GuardianDecided) => boolean;
};

/** What was approved for the version, besides its ground. */
export type GuardianDecided = Pick<ExtractVersion, 'includeLeft'> & {
  readonly stricter?: readonly ObjectionType[];
  /** The types from which an exemption is in force. */
  readonly exempt?: readonly ObjectionType[];
};

const never = () => false;

const mayLeaveDespite =
  (type: ObjectionType, applicationOf: (ground: GroundRules) => Application): MadeUpRow['mayLeave'] =>
  (ground, { stricter = [], exempt = [] }) => {
    if (stricter.includes(type)) return false;
    const application = applicationOf(ground);
    // An objection that counts against a consent has ended it: this one came before.
    return application === 'not-applied' || application === 'consent-only' || exempt.includes(type);
  };

/** One for each reason to withhold; the first is the control, who has to leave. */
export const madeUpRows: readonly MadeUpRow[] = [
  { cell: '9999000010', known: [{}], mayLeave: () => true },
  {
    cell: '9999000029',
    known: [{ objected: { type1: true, type2: false } }],
    mayLeave: mayLeaveDespite('type-1', ({ type1 }) => type1),
  },
  {
    cell: '9999000037',
    known: [{ objected: { type1: false, type2: true } }],
    mayLeave: mayLeaveDespite('type-2', ({ type2 }) => type2),
  },
  { cell: '9999000045', known: [{ left: true }], mayLeave: (_, { includeLeft }) => includeLeft },
  { cell: '9999000053', known: [{ restricted: true }], mayLeave: never },
  { cell: '9999000061', known: [{}, {}], mayLeave: never },
  {
    cell: '9999000118',
    known: [{ withoutConsent: true }],
    mayLeave: ({ type1 }) => type1 !== 'consent-only',
  },
  { cell: '9999000088', known: [], mayLeave: never },
  { cell: '9999000096', known: [{ listed: false }], mayLeave: never },
  { cell: '9999000011', known: [], mayLeave: never },
  { cell: '""', known: [], mayLeave: never },
];

const patients = madeUpRows.flatMap((row) => row.known.map((known) => ({ row, known })));

/** The ordinal of the row's patient in {@link madeUpIndexFor}; NOBODY where there is none. */
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

/** The made-up people as a patient list, of which all but one consented to an extract. */
export function madeUpIndexFor(consentTo: string | undefined): PatientIndex {
  return PatientIndex.empty.with(
    1,
    patients.map(({ row, known: { withoutConsent, ...known } }, ordinal) => ({
      ordinal,
      id: `made-up-${ordinal}`,
      nhsNumber: row.cell,
      person: null,
      listed: true,
      left: false,
      restricted: false,
      objected: { type1: false, type2: false },
      localIds: localIdKinds.map((kind) => ({ kind, value: localIdOf(row) })),
      consents: consentTo === undefined || withoutConsent ? [] : [consentTo],
      ...known,
    })),
  );
}
