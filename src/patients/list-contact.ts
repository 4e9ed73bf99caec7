import type { Columns } from './list-columns.ts';
import type { ListedPerson } from './patient.ts';

/** What a row says of how somebody is reached, and what of it was kept out. Columns that are not there leave no member. */
export type Contact = {
  readonly person: Partial<
    Pick<ListedPerson, 'mobile' | 'email' | 'language' | 'contactFormat' | 'carerName'>
  > & { readonly noMail?: boolean };
  readonly notes: readonly string[];
};

/** How systems write that a mark is not there. Anything else is one: doubt means no mail. */
const unmarked = /^(0|false|no|n|f|u)$/i;

/** Reads how somebody is reached. What cannot be used is kept out with a note; it never costs the person their row. */
export function readContact(
  columns: Columns,
  optional: (place: number | undefined) => string | null,
): Contact {
  const notes: string[] = [];
  const take = <K extends string>(
    field: K,
    place: number | undefined,
    read: (cell: string) => string | null | undefined,
    note: string,
  ) => {
    if (place === undefined) return {};
    const cell = optional(place);
    const value = cell === null ? null : read(cell);
    if (value === undefined) notes.push(note);
    return { [field]: value ?? null } as Partial<Record<K, string | null>>;
  };
  const marks = columns.noMail.map(optional);
  const person = {
    ...take(
      'mobile',
      columns.mobile,
      readMobile,
      'The mobile was left out: it has to be a UK mobile number, 07 and 9 more digits.',
    ),
    ...take('email', columns.email, readEmail, 'The email address was left out: it is not one.'),
    ...take('language', columns.language, readLanguage, ''),
    ...take('contactFormat', columns.contactFormat, readFormat, ''),
    ...take('carerName', columns.carerName, (cell) => cell, ''),
    ...(marks.length > 0 && { noMail: marks.some((cell) => cell !== null && !unmarked.test(cell)) }),
  };
  return { person, notes };
}

/**
 * A mobile as `07…`. A landline in a column of telephone numbers is nothing that a text can go to, and not worth a note.
 *
 * @returns null for a landline; undefined for what is no number of a mobile. Ten digits that lost their 0 are none
 * either: they may be an NHS number in the wrong column, and that must never reach a messaging system.
 */
export function readMobile(cell: string): string | null | undefined {
  const digits = cell
    .normalize('NFKC')
    .replace(/[\s().-]/g, '')
    .replace(/^(\+|00)440?/, '0');
  if (/^07[1-9]\d{8}$/.test(digits)) return digits;
  return /^0[1-3]\d{8,9}$/.test(digits) ? null : undefined;
}

const LONGEST_EMAIL = 254;

export function readEmail(cell: string): string | undefined {
  const isOne = /^[^\s@,;:<>()"'=[\]\\]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(cell);
  // Ten digits in it may be an NHS number, which no messaging system is to get.
  return isOne && cell.length <= LONGEST_EMAIL && !/^[+=@-]|\d{10}/.test(cell) ? cell : undefined;
}

/** Languages as lists of practices name them, by their BCP 47 codes: those most often spoken in England (census 2021). */
const languages: Readonly<Record<string, string>> = {
  polish: 'pl',
  romanian: 'ro',
  panjabi: 'pa',
  punjabi: 'pa',
  urdu: 'ur',
  portuguese: 'pt',
  spanish: 'es',
  arabic: 'ar',
  bengali: 'bn',
  sylheti: 'syl',
  gujarati: 'gu',
  italian: 'it',
  turkish: 'tr',
  chinese: 'zh',
  cantonese: 'yue',
  mandarin: 'cmn',
  french: 'fr',
  lithuanian: 'lt',
  somali: 'so',
  tamil: 'ta',
  persian: 'fa',
  farsi: 'fa',
  kurdish: 'ku',
  russian: 'ru',
  ukrainian: 'uk',
  hungarian: 'hu',
  bulgarian: 'bg',
  greek: 'el',
  albanian: 'sq',
  german: 'de',
  hindi: 'hi',
  welsh: 'cy',
  vietnamese: 'vi',
  'british sign': 'bfi',
  bsl: 'bfi',
};
/** What is not known to be English is not: somebody finds out. */
const UNKNOWN_LANGUAGE = 'und';

/** The code of a language; null for English. One that nobody knows is `und`: doubt means that a person looks. */
export function readLanguage(cell: string): string | null {
  const name = cell
    .toLowerCase()
    .replace(/\b(language|main|spoken|first|preferred|speaks)\b/g, '')
    .replace(/[^a-z -]/g, '')
    .trim();
  if (/^(english|en|eng)\b/.test(name)) return null;
  return languages[name] ?? (Object.values(languages).includes(name) ? name : UNKNOWN_LANGUAGE);
}

/** The formats of the Accessible Information Standard that lists name; null: as everybody; else somebody looks. */
export function readFormat(cell: string): string | null {
  if (/large/i.test(cell)) return 'large-print';
  if (/easy/i.test(cell)) return 'easy-read';
  if (/audio/i.test(cell)) return 'audio';
  if (/braille/i.test(cell)) return 'braille';
  return /^(standard|normal|usual|as everybody|print|letter|0|no|n|false)$/i.test(cell) ? null : 'other';
}
