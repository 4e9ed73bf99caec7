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

/** What some lists say besides. */
const contactColumns = [
  ['mobile', 'Mobile Telephone'],
  ['email', 'Email Address'],
  ['noMail', 'No Mail'],
  ['language', 'Main Language'],
  ['contactFormat', 'Information Format'],
  ['carerName', 'Carer Name'],
] as const;

/** A patient list for import: CSV with a header line; how people are reached is in it when it is known of anybody. */
export function patientsCsv(patients: readonly MadeUpPatient[]): string {
  const hasContact = patients.some(({ mobile }) => mobile !== undefined);
  const used = [...columns, ...(hasContact ? contactColumns : [])];
  const rows = patients.map((patient) => used.map(([field]) => patient[field] ?? ''));
  return stringify([used.map(([, heading]) => heading), ...rows]);
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
