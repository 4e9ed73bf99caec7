import { stringify } from 'csv-stringify/sync';
import type { MadeUpPatient } from './made-up-patient.ts';

/** The columns of a patient list as a practice's clinical system would write them. */
const columns = [
  ['nhsNumber', 'NHS Number'],
  ['title', 'Title'],
  ['givenName', 'Given Name'],
  ['familyName', 'Family Name'],
  ['dateOfBirth', 'Date of Birth'],
  ['gender', 'Gender'],
  ['address', 'Address'],
  ['postcode', 'Postcode'],
  ['dateOfDeath', 'Date of Death'],
] as const;

/** A patient list for import: CSV with a header line. */
export function patientsCsv(patients: readonly MadeUpPatient[]): string {
  const rows = patients.map((patient) => columns.map(([field]) => patient[field]));
  return stringify([columns.map(([, heading]) => heading), ...rows]);
}

/** One row of an extract as an extract job would send it. */
export type EventRow = {
  readonly nhsNumber: string;
  readonly date: string;
  readonly kind: string;
  readonly code: string;
  readonly term: string;
  readonly note: string;
};

export const eventColumns = ['nhs_number', 'event_date', 'kind', 'code', 'term', 'note'] as const;

/** An extract to send through the guard: CSV with a header line, in the columns of the demo extracts. */
export function extractCsv(rows: readonly EventRow[]): string {
  return stringify([
    [...eventColumns],
    ...rows.map(({ nhsNumber, date, kind, code, term, note }) => [nhsNumber, date, kind, code, term, note]),
  ]);
}
