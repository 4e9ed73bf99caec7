import type { ListedPerson } from './patient.ts';

/** What we use a column of a patient list for: a field, a line of the address, or a mark on the row. */
export const columnUses = [
  'nhsNumber',
  'title',
  'givenName',
  'familyName',
  'dateOfBirth',
  'gender',
  'address',
  'addressLine',
  'postcode',
  'dateOfDeath',
  'leftOn',
  'removed',
  'restricted',
  'mobile',
  'email',
  'noMail',
  'language',
  'contactFormat',
  'carerName',
  'emisNumber',
  'patientGuid',
  'idPatient',
] as const satisfies readonly (
  | keyof ListedPerson
  | ('addressLine' | 'leftOn' | 'removed' | 'restricted' | 'noMail')
  | ('emisNumber' | 'patientGuid' | 'idPatient')
)[];
export type ColumnUse = (typeof columnUses)[number];

/** Several columns may be of these; of everything else one. */
const several: readonly ColumnUse[] = ['addressLine', 'removed', 'restricted', 'noMail'];

/** Whether a file may have several columns of a use. */
export const mayBeSeveral = (use: ColumnUse): boolean => several.includes(use);

/**
 * What columns are called in reports of EMIS Web, SystmOne and Vision and in their bulk extracts, the likeliest name
 * first. Compared without capitals, spaces and punctuation.
 */
const names: Readonly<Record<ColumnUse, readonly string[]>> = {
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
    'First Forename',
    'Forename 1',
    'Patient First Name',
    'Patient Forename',
    'Calling Name',
  ],
  familyName: [
    'Family Name',
    'Surname',
    'Last Name',
    'Family Names',
    'Last',
    'Patient Surname',
    'Patient Last Name',
  ],
  dateOfBirth: [
    'Date of Birth',
    'DOB',
    'Birth Date',
    'Date Birth',
    'Born',
    'Patient DOB',
    'Patient Date of Birth',
  ],
  gender: ['Gender', 'Sex'],
  address: ['Address', 'Full Address', 'Home Address', 'Usual Address', 'Patient Address'],
  addressLine: [
    'House Name / Flat Number',
    'House Name Flat Number',
    'House Name',
    'House Number',
    'Flat Number',
    'Name Of Building',
    'Number Of Building',
    'Name Of Road',
    'Name Of Locality',
    'Name Of Town',
    'Name Of County',
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
  postcode: [
    'Postcode',
    'Post Code',
    'Home Postcode',
    'Address Postcode',
    'Patient Postcode',
    'Full Post Code',
  ],
  dateOfDeath: ['Date of Death', 'DOD', 'Death Date', 'Date Death', 'Deceased Date', 'Date Deceased'],
  leftOn: [
    'Date of Deactivation',
    'Deactivation Date',
    'Date Deactivated',
    'Date of Deregistration',
    'Deregistration Date',
    'Date Deregistered',
    'Date Left',
    'Left Date',
    'Leaving Date',
    'Removal Date',
  ],
  removed: ['Removed Data', 'Deleted'],
  restricted: [
    'Spine Sensitive',
    'Is Confidential',
    'Confidential',
    'Confidential Patient',
    'Restricted',
    'Restricted Record',
    'Is Restricted',
    'Sensitive',
    'Sensitive Patient',
    'Is Sensitive',
  ],
  mobile: [
    'Mobile',
    'Mobile Number',
    'Mobile No',
    'Mobile Phone',
    'Mobile Phone Number',
    'Mobile Telephone',
    'Mobile Telephone Number',
    'Mobile Tel',
    'Mobile Tel No',
    'Telephone Mobile',
    'Patient Mobile',
    'Patient Mobile Number',
    'Phone',
    'Phone Number',
    'Telephone',
    'Telephone Number',
  ],
  email: ['Email', 'Email Address', 'E-mail', 'Home Email', 'Home Email Address', 'Patient Email'],
  noMail: ['No Mail', 'No Post', 'Do Not Mail', 'Do Not Post', 'Mail Opt Out', 'No Letters'],
  language: [
    'Preferred Language',
    'Main Spoken Language',
    'Main Language',
    'Spoken Language',
    'First Language',
    'Language',
    'Language Name',
    'Reading Language',
  ],
  contactFormat: [
    'Information Format',
    'Accessible Information Format',
    'Preferred Format',
    'Communication Format',
    'Contact Format',
    'Correspondence Format',
    'Format',
  ],
  carerName: [
    'Carer Name',
    'Carer',
    'Name of Carer',
    'Parent or Guardian',
    'Parent / Guardian',
    'Parent Guardian Name',
    'Guardian',
    'Guardian Name',
    'Parent Name',
    'Main Carer',
  ],
  emisNumber: ['EMIS Number', 'EMIS No', 'EMIS Num', 'Patient EMIS Number'],
  patientGuid: ['Patient Guid', 'EMIS Patient Guid', 'Patient GUID ID'],
  idPatient: ['ID Patient', 'Patient IDPatient', 'Row Identifier'],
};

/** The columns without which nobody can be put on the list. */
export const needed = ['nhsNumber', 'givenName', 'familyName', 'dateOfBirth'] as const;

/** The names that a field's column may have. */
export const namesOf = (field: ColumnUse): readonly string[] => names[field];

/** A name as names are compared. */
export const nameKeyOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
export const usesByName: ReadonlyMap<string, ColumnUse> = new Map(
  columnUses.flatMap((use) => names[use].map((name) => [nameKeyOf(name), use] as const)),
);
