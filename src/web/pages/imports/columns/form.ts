import { z } from 'zod';
import { type ColumnUse, columnUses } from '../../../../patients/column-names.ts';
import type { ColumnUses } from '../../../../patients/list-columns.ts';
import { dateOrders } from '../../../../patients/list-day.ts';
import { faultsOfUses, type UsesFault } from '../../../../patients/list-mapping.ts';
import type { FieldError } from '../../../form.ts';

/** What a column can be, in words. */
export const useWords: Readonly<Record<ColumnUse, string>> = {
  nhsNumber: 'NHS number',
  title: 'Title',
  givenName: 'Given name',
  familyName: 'Family name',
  dateOfBirth: 'Date of birth',
  gender: 'Gender',
  address: 'Whole address',
  addressLine: 'Part of the address',
  postcode: 'Postcode',
  dateOfDeath: 'Date of death',
  leftOn: 'Day on which they left',
  removed: 'Mark: removed',
  restricted: 'Mark: restricted or sensitive',
  mobile: 'Mobile',
  email: 'Email address',
  noMail: 'Mark: wants no mail',
  language: 'Language',
  contactFormat: 'Format: large print, easy read …',
  carerName: 'Carer, parent or guardian',
  emisNumber: 'EMIS number',
  patientGuid: 'EMIS PatientGuid',
  idPatient: 'SystmOne IDPatient',
};

/** The name of the field that says what a column is. */
export const fieldOf = (place: number): string => `column-${place}`;

const useField = z.enum(columnUses).nullable().catch(null);

/** What somebody chose for each column, and what is wrong with the choice. */
export function readUses(body: unknown, count: number): { uses: ColumnUses; errors: FieldError[] } {
  const sent = new Map(Object.entries(body ?? {}));
  const uses = Array.from({ length: count }, (_, place) => useField.parse(sent.get(fieldOf(place))));
  const faults = faultsOfUses(uses);
  return { uses, errors: [...missingError(faults), ...faults.flatMap(twiceError)] };
}

const andList = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** All that is missing in one sentence: any column could be it, so it stands at the first. */
function missingError(faults: readonly UsesFault[]): FieldError[] {
  const missing = faults.filter(({ kind }) => kind === 'missing').map(({ use }) => useWords[use]);
  if (missing.length === 0) return [];
  const what = andList.format(missing.map((words) => words.replace(/^[A-Z](?=[a-z])/, lower)));
  return [{ field: fieldOf(0), text: `Select which column is the ${what}` }];
}

function twiceError(fault: UsesFault): FieldError[] {
  if (fault.kind === 'missing') return [];
  const [, second = 0] = fault.places;
  return [{ field: fieldOf(second), text: `Only one column can be “${useWords[fault.use]}”` }];
}

const lower = (letter: string) => letter.toLowerCase();

/** Fields of a form that stand for a choice of columns. */
export function valuesOf(uses: ColumnUses): Record<string, string> {
  return Object.fromEntries(uses.map((use, place) => [fieldOf(place), use ?? '']));
}

/** Which number of a date is the day. */
export const orderForm = z.object({
  dateOrder: z.enum(dateOrders, 'Select which date it is'),
});

/** The same for later lists, of which nothing need be said. */
export const laterOrder = z.enum(dateOrders).nullable().catch(null);
