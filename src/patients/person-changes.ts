import { type ListedPerson, listedFields, type Patient } from './patient.ts';
import type { ReadPerson } from './read-list-row.ts';

/** What the list says of a person; the mark as restricted an import can set and never takes off. */
export type MergedPerson = ListedPerson & Pick<Patient, 'restricted' | 'noMail'>;

/** The person as the list will have them: what the file has no column for stays as it is. */
export function merged(patient: Patient, read: ReadPerson): MergedPerson {
  const person: Record<string, string | null> = {};
  for (const [field] of listedFields) {
    const said = read[field];
    person[field] = said === undefined ? patient[field] : said;
  }
  const restricted = patient.restricted || read.restricted === true;
  return { ...(person as ListedPerson), restricted, noMail: read.noMail ?? patient.noMail };
}

/** What the file changes, as names of fields for the report; empty when nothing. */
export function changesOf(patient: Patient, read: ReadPerson): string[] {
  const person = merged(patient, read);
  const changed = listedFields.filter(([field]) => person[field] !== patient[field]).map(([, name]) => name);
  if (person.noMail !== patient.noMail) changed.push(person.noMail ? 'no mail' : 'mail again');
  if (person.restricted !== patient.restricted) changed.push('marked as restricted');
  return patient.status === 'left' ? ['back on the list', ...changed] : changed;
}
