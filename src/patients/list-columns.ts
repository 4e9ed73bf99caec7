import type { ListedPerson } from './patient.ts';

/** A column of a patient list that we use: a field, or a line of the address. */
type Wanted = keyof ListedPerson | 'addressLine';

/**
 * What columns are called in reports of EMIS Web and SystmOne and in their bulk extracts, the likeliest name first.
 * Compared without capitals, spaces and punctuation.
 */
const names: Readonly<Record<Wanted, readonly string[]>> = {
  nhsNumber: ['NHS Number', 'NHS No', 'NHS Num', 'Patient NHS Number', 'Patient NHS No', 'NHS'],
  title: ['Title', 'Prefix', 'Name Prefix'],
  givenName: [
    'Given Name',
    'Given Names',
    'First Name',
    'First Names',
    'Forename',
    'Forenames',
    'First',
    'Calling Name',
  ],
  familyName: ['Family Name', 'Surname', 'Last Name', 'Family Names', 'Last'],
  dateOfBirth: ['Date of Birth', 'DOB', 'Birth Date', 'Date Birth', 'Born'],
  gender: ['Gender', 'Sex'],
  address: ['Address', 'Full Address', 'Home Address', 'Usual Address', 'Patient Address'],
  addressLine: [
    'House Name / Flat Number',
    'House Name Flat Number',
    'House Name',
    'House Number',
    'Number and Street',
    'Road',
    'Street',
    'Village',
    'Locality',
    'Town',
    'County',
    'Address 1',
    'Address 2',
    'Address 3',
    'Address 4',
    'Address 5',
    'Address Line 1',
    'Address Line 2',
    'Address Line 3',
    'Address Line 4',
    'Address Line 5',
  ],
  postcode: ['Postcode', 'Post Code', 'Home Postcode', 'Address Postcode', 'Patient Postcode'],
  dateOfDeath: ['Date of Death', 'DOD', 'Death Date', 'Date Death', 'Deceased Date', 'Date Deceased'],
};

/** The columns without which nobody can be put on the list. */
export const needed = ['nhsNumber', 'givenName', 'familyName', 'dateOfBirth'] as const;

/** The names that a field's column may have. */
export const namesOf = (field: Wanted): readonly string[] => names[field];

const key = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const byName = new Map(
  (Object.keys(names) as Wanted[]).flatMap((field) =>
    names[field].map((name) => [key(name), field] as const),
  ),
);

/** Where each field is in a row; address lines are several. */
export type Columns = Partial<Readonly<Record<keyof ListedPerson, number>>> & {
  readonly addressLines: readonly number[];
  /** Places of all columns that look like the NHS number: more than one cannot be decided. */
  readonly nhsNumbers: readonly number[];
};

/** Which columns a header row names. A field with two columns is the one with the likelier name, then the first. */
export function readColumns(header: readonly string[]): Columns {
  const placesOf = (field: Wanted) =>
    header.flatMap((cell, place) => (byName.get(key(cell)) === field ? [place] : []));
  const rank = (field: Wanted, place: number) =>
    names[field].findIndex((name) => key(name) === key(header[place] ?? ''));
  const found: Partial<Record<keyof ListedPerson, number>> = {};
  for (const field of Object.keys(names) as Wanted[]) {
    const [best] = placesOf(field).sort((one, other) => rank(field, one) - rank(field, other));
    if (field !== 'addressLine' && best !== undefined) found[field] = best;
  }
  return { ...found, addressLines: placesOf('addressLine'), nhsNumbers: placesOf('nhsNumber') };
}

/** How many cells of a row name a column that we know. */
export function countKnown(row: readonly string[]): number {
  return row.filter((cell) => byName.has(key(cell))).length;
}
