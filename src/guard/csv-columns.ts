import type { ExtractVersion, Treatment } from '../extracts/extract.ts';
import {
  isUsualName,
  namedPeople,
  type PersonKind,
  personKind,
  type ReleasedVersion,
  saysNhsNumber,
} from './person-columns.ts';

/** A column that leaves. `person`: which of the person columns it is, or -1. */
export type Leaving = { readonly column: number; readonly treatment: Treatment; readonly person: number };

/** A column that says whose row it is. */
export type PersonPlace = PersonKind & { readonly column: number };

/** What a release does with the columns of a file. */
export type Columns = {
  readonly count: number;
  /** Those by which rows are decided: everybody in them has to be permitted. */
  readonly people: readonly PersonPlace[];
  /** In approved order. */
  readonly leaving: readonly Leaving[];
  /** All columns leave as they are, in the order they came in. */
  readonly unchanged: boolean;
};

export type HeaderFault =
  | 'no-nhs-number-column'
  | 'two-nhs-number-columns'
  | 'field-missing'
  | 'field-doubled';

export type FoundColumns =
  | { readonly ok: true; readonly columns: Columns }
  | { readonly ok: false; readonly reason: HeaderFault; readonly column: string };

/**
 * Finds the columns that an extract version speaks of. Names must be equal, but for spaces around them; only the
 * column with the NHS number goes by any of its usual names, where the version does not name it.
 *
 * @param header the names in the file's header, without quotes
 */
export function findColumns(header: readonly string[], version: ReleasedVersion): FoundColumns {
  const names = header.map((name) => name.trim());
  const given = namedPeople(version);
  const people: PersonPlace[] = [];
  for (const one of given ?? [null]) {
    const found = places(names, one === null ? isUsualName : (name) => name === one.name);
    const [column] = found;
    if (column === undefined) return fault('no-nhs-number-column', one?.name ?? 'nhs_number');
    if (found.length > 1) return fault('two-nhs-number-columns', names[found[1] as number] as string);
    people.push({ column, ...(one && personKind(one)) });
  }

  const leaving: Leaving[] = [];
  for (const field of version.fields) {
    const named = people.findIndex(({ column }) => names[column] === field.name);
    const person = named < 0 && given === null && isUsualName(field.name) ? 0 : named;
    const found =
      person < 0 ? places(names, (name) => name === field.name) : [(people[person] as PersonPlace).column];
    const [column] = found;
    if (column === undefined) return fault('field-missing', field.name);
    if (found.length > 1) return fault('field-doubled', field.name);
    leaving.push({ column, treatment: field.treatment, person });
  }
  const kept = leaving.every(({ column, treatment }, place) => column === place && treatment === 'keep');
  const unchanged = kept && leaving.length === names.length;
  return { ok: true, columns: { count: names.length, people, leaving, unchanged } };
}

/**
 * The first approved field that holds, by its name, an NHS number by which no row is decided: the version does not name
 * it as a person column. Whoever it is might have objected.
 */
export function undecidedNumber(
  fields: ExtractVersion['fields'],
  { leaving }: Pick<Columns, 'leaving'>,
): string | undefined {
  return fields.find(({ name }, place) => saysNhsNumber(name) && (leaving[place]?.person ?? -1) < 0)?.name;
}

function places(names: readonly string[], wanted: (name: string) => boolean): number[] {
  return names.flatMap((name, place) => (wanted(name) ? [place] : []));
}

function fault(reason: HeaderFault, column: string): FoundColumns {
  return { ok: false, reason, column };
}
