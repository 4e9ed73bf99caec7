import type { ExtractVersion, Treatment } from '../extracts/extract.ts';

/** A column that leaves. `isPerson`: it holds the NHS number by which rows are decided. */
export type Leaving = { readonly column: number; readonly treatment: Treatment; readonly isPerson: boolean };

/** What a release does with the columns of a file. */
export type Columns = {
  readonly count: number;
  /** The column with the NHS number. */
  readonly person: number;
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

/** How the column with the NHS number is usually called, in any case. */
const usualNames = ['nhs_number', 'nhsnumber', 'nhs number', 'nhs no', 'nhsno'];

/** Whether a column of this name has NHS numbers, where an extract does not say. */
export function isUsualName(name: string): boolean {
  return usualNames.includes(name.toLowerCase());
}

/**
 * Finds the columns that an extract version speaks of. Names must be equal, but for spaces around them; only the
 * column with the NHS number goes by any of its usual names, where the version does not name it.
 *
 * @param header the names in the file's header, without quotes
 */
export function findColumns(
  header: readonly string[],
  version: Pick<ExtractVersion, 'fields' | 'nhsNumberColumn'>,
): FoundColumns {
  const names = header.map((name) => name.trim());
  const { nhsNumberColumn: given } = version;
  const people = places(names, given === null ? isUsualName : (name) => name === given);
  const [person] = people;
  if (person === undefined) return fault('no-nhs-number-column', given ?? 'nhs_number');
  if (people.length > 1) return fault('two-nhs-number-columns', names[people[1] as number] as string);

  const leaving: Leaving[] = [];
  for (const field of version.fields) {
    const isPerson = field.name === names[person] || (given === null && isUsualName(field.name));
    const found = isPerson ? people : places(names, (name) => name === field.name);
    const [column] = found;
    if (column === undefined) return fault('field-missing', field.name);
    if (found.length > 1) return fault('field-doubled', field.name);
    leaving.push({ column, treatment: field.treatment, isPerson });
  }
  const kept = leaving.every(({ column, treatment }, place) => column === place && treatment === 'keep');
  const unchanged = kept && leaving.length === names.length;
  return { ok: true, columns: { count: names.length, person, leaving, unchanged } };
}

/**
 * The first approved field that holds, by its name, an NHS number by which no row is decided: the version names
 * another column. Whoever it is might have objected.
 */
export function undecidedNumber(
  fields: ExtractVersion['fields'],
  { leaving }: Pick<Columns, 'leaving'>,
): string | undefined {
  return fields.find(({ name }, place) => isUsualName(name.trim()) && !leaving[place]?.isPerson)?.name;
}

function places(names: readonly string[], wanted: (name: string) => boolean): number[] {
  return names.flatMap((name, place) => (wanted(name) ? [place] : []));
}

function fault(reason: HeaderFault, column: string): FoundColumns {
  return { ok: false, reason, column };
}
