/** Somebody on the practice's patient list. */
export type Patient = {
  /** Random; also stands for the patient in ledger entries. */
  readonly id: string;
  /** Dense in the practice: 0, 1, 2 … in the order of arrival. */
  readonly ordinal: number;
  /** Ten digits. Not unique: two patients with one number are both ambiguous, and withheld. */
  readonly nhsNumber: string;
  readonly title: string | null;
  readonly givenName: string;
  readonly familyName: string;
  /** `YYYY-MM-DD`, like every day here. */
  readonly dateOfBirth: string;
  readonly gender: string | null;
  readonly address: string | null;
  readonly postcode: string | null;
  readonly dateOfDeath: string | null;
  readonly status: PatientStatus;
  /** Flagged as sensitive: shown only to roles that may, and withheld. */
  readonly restricted: boolean;
  /** What all records of one person have in common; null for the only record of somebody. */
  readonly personId: string | null;
  /** The day on which the practice noticed that the patient had left. */
  readonly leftOn: string | null;
  readonly addedAt: Date;
  /** `07…`, 11 digits; null: not known. So are the others. */
  readonly mobile: string | null;
  readonly email: string | null;
  /** Asked for no mail. */
  readonly noMail: boolean;
  /** What they read, as BCP 47 writes it; null: English. */
  readonly language: string | null;
  /** large-print | easy-read | audio | braille | other; null: as everybody. */
  readonly contactFormat: string | null;
  /** A carer, or somebody with parental responsibility, to whom letters about the patient go. */
  readonly carerName: string | null;
  /** Ledger index of the last entry that touched the patient or an objection of theirs. */
  readonly changedAtIndex: number;
};

/** `to-be-matched`: somebody who objected, and is not on the list or not found there yet. */
export type PatientStatus = 'registered' | 'left' | 'to-be-matched';

/** What a patient list says of a person. */
export type ListedPerson = Pick<
  Patient,
  | 'nhsNumber'
  | 'title'
  | 'givenName'
  | 'familyName'
  | 'dateOfBirth'
  | 'gender'
  | 'address'
  | 'postcode'
  | 'dateOfDeath'
  | 'mobile'
  | 'email'
  | 'language'
  | 'contactFormat'
  | 'carerName'
>;

/** The fields of {@link ListedPerson}, with what each is called on a page. */
export const listedFields: readonly (readonly [keyof ListedPerson, string])[] = [
  ['nhsNumber', 'NHS number'],
  ['title', 'title'],
  ['givenName', 'given name'],
  ['familyName', 'family name'],
  ['dateOfBirth', 'date of birth'],
  ['gender', 'gender'],
  ['address', 'address'],
  ['postcode', 'postcode'],
  ['dateOfDeath', 'date of death'],
  ['mobile', 'mobile'],
  ['email', 'email address'],
  ['language', 'language'],
  ['contactFormat', 'format'],
  ['carerName', 'carer'],
];

/** The name as NHS systems show it: `SMITH, John (Mr)`. */
export function shownName({
  title,
  givenName,
  familyName,
}: Pick<Patient, 'title' | 'givenName' | 'familyName'>): string {
  if (familyName === '' && givenName === '') return 'Name not known';
  return `${familyName.toUpperCase()}, ${givenName}${title ? ` (${title})` : ''}`;
}

// Letters that Unicode does not take apart into a plain letter and an accent.
const PLAIN: Readonly<Record<string, string>> = {
  Æ: 'AE',
  Ð: 'D',
  Đ: 'D',
  Ø: 'O',
  Þ: 'TH',
  Ł: 'L',
  Œ: 'OE',
  ı: 'I',
};

/** A name as it is searched and compared: upper case, no accents, letters only. `O'Keefe-Ñúñez` is `OKEEFENUNEZ`. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .toUpperCase()
    .replace(/\P{L}/gu, '')
    .replace(/[ÆÐĐØÞŁŒı]/g, (letter) => PLAIN[letter] ?? letter);
}
