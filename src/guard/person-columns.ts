import type { ExtractVersion, PersonColumn } from '../extracts/extract.ts';
import { type LocalIdKind, localIdKindOf } from '../patients/local-ids.ts';

/** What a release reads of its extract. */
export type ReleasedVersion = Pick<ExtractVersion, 'fields' | 'nhsNumberColumn'> &
  Partial<Pick<ExtractVersion, 'personColumns' | 'fhir'>>;

/** How a person column is read. `local`: undefined for an NHS number, else the kind of id; 'any' where its name tells none. */
export type PersonKind = { readonly local?: LocalIdKind | 'any' };

/** How the column with the NHS number is usually called, in any case. */
const usualNames = ['nhs_number', 'nhsnumber', 'nhs number', 'nhs no', 'nhsno'];

/** Whether a column is called as those with the NHS number usually are. */
export function isUsualName(name: string): boolean {
  return usualNames.includes(name.toLowerCase());
}

/** Whether a name says that an NHS number is in it, of whomever: `mother_nhs_number`, `NHS No.`. */
export function saysNhsNumber(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return /nhs(no|num|number|id)$/.test(plain);
}

/** The person columns that an extract names; null: the one that goes by a usual name. */
export function namedPeople({
  personColumns = null,
  nhsNumberColumn,
}: ReleasedVersion): readonly PersonColumn[] | null {
  if (personColumns !== null) return personColumns;
  return nhsNumberColumn === null ? null : [{ name: nhsNumberColumn, kind: 'nhs-number' }];
}

/** How a person column is read. */
export function personKind({ name, kind }: PersonColumn): PersonKind {
  return kind === 'nhs-number' ? {} : { local: localIdKindOf(name.split('.').at(-1) ?? name) ?? 'any' };
}
