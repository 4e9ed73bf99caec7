import type { Columns } from './list-columns.ts';
import { type Contact, readContact } from './list-contact.ts';
import { type DateOrder, readListDay } from './list-day.ts';
import { readListNumber } from './list-number.ts';
import type { BodyRow } from './list-table.ts';
import { type LocalId, localIdColumns, localIdKinds, localIdValue } from './local-ids.ts';
import { type ListedPerson, nameKey } from './patient.ts';

/** What a row says of somebody. A field without a column in the file is left out, and stays as it is on the list. */
export type ReadPerson = Pick<ListedPerson, 'nhsNumber' | 'givenName' | 'familyName' | 'dateOfBirth'> &
  Partial<ListedPerson> &
  Contact['person'] & {
    /** Marked as sensitive in the file. One that is not says nothing: a mark made by hand stays. */
    readonly restricted?: true;
    /** What the clinical system calls them by; left out when the file says nothing of it. */
    readonly localIds?: readonly LocalId[];
  };

/** A row of somebody who can be put on the list. `row` is its number as a spreadsheet counts. */
export type PersonRow = {
  readonly ok: true;
  readonly row: number;
  readonly person: ReadPerson;
  /** What of the row was not taken, though the person was. */
  readonly notes?: readonly string[];
};

/** A row that cannot be used. What could be read of it tells whom it means: they are not gone from the list. */
export type RefusedRow = {
  readonly ok: false;
  /** Nothing is wrong with it, but the file says that this person has left. */
  readonly hasLeft: boolean;
  readonly row: number;
  readonly reason: string;
  readonly nhsNumber: string | undefined;
  readonly givenName: string;
  readonly familyName: string;
  readonly dateOfBirth: string | undefined;
};

export type ReadRow = PersonRow | RefusedRow;

export type RowRules = {
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly madeUp: boolean;
  readonly dateOrder: DateOrder;
};

const EARLIEST = '1900-01-01';
const LONGEST = 300;
const nothing = /^(-+|n\/?a|null|none|no data|unknown|not known)$/i;
/** How systems write that a mark is not there. Anything else is one: doubt means withhold. */
const unmarked = /^(0|false|no|n|f|u|unrestricted|not restricted|not sensitive)$/i;

/** Reads one row of a patient list. All that is wrong with it is said at once. */
export function readListRow(
  { row, cells, fault }: BodyRow,
  columns: Columns,
  { today, madeUp, dateOrder }: RowRules,
): ReadRow {
  const faults = fault === undefined ? [] : [fault];
  const text = (place: number | undefined) => (place === undefined ? '' : tidy(cells[place] ?? ''));
  const optional = (place: number | undefined) => {
    const found = text(place);
    return found === '' || nothing.test(found) ? null : found;
  };
  const number = readListNumber(text(columns.nhsNumber), madeUp);
  if (!number.ok) faults.push(number.fault);
  const [givenName, familyName] = [text(columns.givenName), text(columns.familyName)];
  if (nameKey(givenName) === '') faults.push('The given name is missing');
  if (nameKey(familyName) === '') faults.push('The family name is missing');
  const dateOfBirth = readListDay(text(columns.dateOfBirth), dateOrder);
  faults.push(...birthFaults(text(columns.dateOfBirth), dateOfBirth, today));
  const death = optional(columns.dateOfDeath);
  const dateOfDeath = death === null ? null : readListDay(death, dateOrder);
  faults.push(...deathFaults(dateOfDeath, dateOfBirth, today));
  const leaving = optional(columns.leftOn);
  const leftOn = leaving === null ? null : readListDay(leaving, dateOrder);
  if (leftOn === undefined) faults.push('The day of leaving is not a real date');
  const isMarked = (places: readonly number[]) =>
    places.map(optional).some((cell) => cell !== null && !unmarked.test(cell));
  const address = addressOf(columns, optional);
  const localIds = localIdsOf(columns, optional);
  const contact = readContact(columns, optional);
  const used = [
    givenName,
    familyName,
    ...[columns.title, columns.gender, columns.postcode].map(text),
    address,
    ...localIds.map(({ value }) => value),
    contact.person.carerName,
  ];
  if (used.some((value) => (value ?? '').length > LONGEST))
    faults.push(`A cell is longer than ${LONGEST} characters`);

  const isRemoved = isMarked(columns.removed);
  const hasLeft = isRemoved || (typeof leftOn === 'string' && leftOn <= today);
  if (hasLeft || faults.length > 0 || !number.ok || dateOfBirth === undefined || dateOfDeath === undefined) {
    const nhsNumber = number.ok ? number.nhsNumber : undefined;
    const left = `The file says that this person ${isRemoved ? 'was removed' : 'has left'}`;
    const reason = `${hasLeft ? left : faults.join('. ')}.`;
    return { ok: false, hasLeft, row, reason, nhsNumber, givenName, familyName, dateOfBirth };
  }
  const person: ReadPerson = {
    nhsNumber: number.nhsNumber,
    givenName,
    familyName,
    dateOfBirth,
    ...(columns.title !== undefined && { title: optional(columns.title) }),
    ...(columns.gender !== undefined && { gender: optional(columns.gender) }),
    ...(address !== undefined && { address }),
    ...(columns.postcode !== undefined && { postcode: optional(columns.postcode) }),
    ...(columns.dateOfDeath !== undefined && { dateOfDeath }),
    ...(isMarked(columns.restricted) && { restricted: true }),
    ...contact.person,
    ...(localIds.length > 0 && { localIds }),
  };
  return { ok: true, row, person, ...(contact.notes.length > 0 && { notes: contact.notes }) };
}

function localIdsOf(columns: Columns, optional: (place: number | undefined) => string | null): LocalId[] {
  return localIdKinds.flatMap((kind) => {
    const value = localIdValue(optional(columns[localIdColumns[kind]]) ?? '');
    return value === '' ? [] : [{ kind, value }];
  });
}

function birthFaults(cell: string, day: string | undefined, today: string): string[] {
  if (cell === '') return ['The date of birth is missing'];
  if (day === undefined) return [`The date of birth ${notADay(cell)}`];
  if (day > today) return ['The date of birth is in the future'];
  return day < EARLIEST ? ['The date of birth is before 1900'] : [];
}

function deathFaults(
  day: string | null | undefined,
  dateOfBirth: string | undefined,
  today: string,
): string[] {
  if (day === undefined) return ['The date of death is not a real date'];
  if (day === null) return [];
  if (day > today) return ['The date of death is in the future'];
  return dateOfBirth !== undefined && day < dateOfBirth
    ? ['The date of death is before the date of birth']
    : [];
}

function notADay(cell: string): string {
  return /^\d{1,2}[/. -]\w{1,9}[/. -]\d{2}$/.test(cell)
    ? 'has a year of 2 numbers: export the list with 4'
    : 'is not a real date';
}

/** The address in one line; undefined when the file has no column of one. */
function addressOf(
  { address, addressLines }: Columns,
  optional: (place: number) => string | null,
): string | null | undefined {
  if (address === undefined && addressLines.length === 0) return undefined;
  const places = address === undefined ? addressLines : [address];
  return places.map(optional).filter(Boolean).join(', ') || null;
}

/** A cell without what exports put around it: spaces, line ends, `="…"` against spreadsheets. One form of accents. */
function tidy(cell: string): string {
  const inner = /^="(.*)"$/s.exec(cell.trim())?.[1] ?? cell;
  return inner
    .normalize('NFC')
    .replace(/\s*[\r\n]+\s*/g, ', ')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/^[ ,]+|[ ,]+$/g, '');
}
