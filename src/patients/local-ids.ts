import { nameKeyOf } from './column-names.ts';

/** What a clinical system calls a patient by, besides the NHS number. */
export const localIdKinds = ['emis-number', 'patient-guid', 'id-patient'] as const;
export type LocalIdKind = (typeof localIdKinds)[number];

/** An id that one practice's system knows a patient by; the value as {@link localIdValue} gives it. */
export type LocalId = { readonly kind: LocalIdKind; readonly value: string };

/** What columns with each are called in exports of EMIS Web and SystmOne, compared as names of columns are. */
export const localIdNames: Readonly<Record<LocalIdKind, readonly string[]>> = {
  'emis-number': ['EMIS Number', 'EMIS No', 'EMIS Num', 'EMIS ID', 'Patient EMIS Number'],
  'patient-guid': ['Patient Guid', 'Patient GUID', 'EMIS Patient Guid'],
  'id-patient': ['ID Patient', 'IDPatient', 'Patient IDPatient', 'RowIdentifier Patient'],
};

const kindsByName: ReadonlyMap<string, LocalIdKind> = new Map(
  localIdKinds.flatMap((kind) => localIdNames[kind].map((name) => [nameKeyOf(name), kind] as const)),
);

/** The kind of id that a column holds, by its name; undefined: it might be any. */
export function localIdKindOf(columnName: string): LocalIdKind | undefined {
  return kindsByName.get(nameKeyOf(columnName));
}

/** An id as ids are compared: systems write GUIDs in either case, with braces or without. '' where there is none. */
export function localIdValue(text: string): string {
  return text
    .trim()
    .replace(/^\{(.*)\}$/s, '$1')
    .trim()
    .toLowerCase();
}
