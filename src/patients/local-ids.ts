import { type ColumnUse, nameKeyOf, usesByName } from './column-names.ts';

/** What a clinical system calls a patient by, besides the NHS number. */
export const localIdKinds = ['emis-number', 'patient-guid', 'id-patient'] as const;
export type LocalIdKind = (typeof localIdKinds)[number];

/** An id that one practice's system knows a patient by; the value as {@link localIdValue} gives it. */
export type LocalId = { readonly kind: LocalIdKind; readonly value: string };

/** The column of a patient list that has each: names of columns are known there. */
export const localIdColumns = {
  'emis-number': 'emisNumber',
  'patient-guid': 'patientGuid',
  'id-patient': 'idPatient',
} as const satisfies Readonly<Record<LocalIdKind, ColumnUse>>;

/** The kind of id that a column holds, by its name; undefined: it might be any. */
export function localIdKindOf(columnName: string): LocalIdKind | undefined {
  const use = usesByName.get(nameKeyOf(columnName));
  return localIdKinds.find((kind) => localIdColumns[kind] === use);
}

/** An id as ids are compared: systems write GUIDs in either case, with braces or without. '' where there is none. */
export function localIdValue(text: string): string {
  return text
    .trim()
    .replace(/^\{(.*)\}$/s, '$1')
    .trim()
    .toLowerCase();
}
