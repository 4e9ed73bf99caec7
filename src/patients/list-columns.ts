import { type ColumnUse, mayBeSeveral, nameKeyOf, namesOf, usesByName } from './column-names.ts';
import type { ListedPerson } from './patient.ts';

/** Where each field is in a row; address lines and marks are several. */
export type Columns = Partial<
  Readonly<Record<keyof ListedPerson | 'leftOn' | 'emisNumber' | 'patientGuid' | 'idPatient', number>>
> & {
  readonly addressLines: readonly number[];
  readonly removed: readonly number[];
  readonly restricted: readonly number[];
  readonly noMail: readonly number[];
  /** Places of all columns that look like the NHS number: more than one cannot be decided. */
  readonly nhsNumbers: readonly number[];
};

/** What each column of a row is; null where it is not used. */
export type ColumnUses = readonly (ColumnUse | null)[];

/**
 * What the names in a header row say that each column is. A field with two columns is the one with the likelier name,
 * then the first; but the NHS number, on which everything hangs, is all that have its name.
 */
export function namedUses(header: readonly string[]): ColumnUses {
  const found = header.map((cell) => usesByName.get(nameKeyOf(cell)) ?? null);
  const rank = (use: ColumnUse, place: number) =>
    namesOf(use).findIndex((name) => nameKeyOf(name) === nameKeyOf(header[place] ?? ''));
  return found.map((use, place) => {
    if (use === null || use === 'nhsNumber' || mayBeSeveral(use)) return use;
    const [best] = placesOf(found, use).sort((one, other) => rank(use, one) - rank(use, other));
    return best === place ? use : null;
  });
}

/** Where to find what, from what each column is. */
export function columnsOf(uses: ColumnUses): Columns {
  const found: Partial<Record<ColumnUse, number>> = {};
  for (const [place, use] of uses.entries()) if (use !== null) found[use] ??= place;
  return {
    ...found,
    addressLines: placesOf(uses, 'addressLine'),
    removed: placesOf(uses, 'removed'),
    restricted: placesOf(uses, 'restricted'),
    noMail: placesOf(uses, 'noMail'),
    nhsNumbers: placesOf(uses, 'nhsNumber'),
  };
}

function placesOf(uses: ColumnUses, wanted: ColumnUse): number[] {
  return uses.flatMap((use, place) => (use === wanted ? [place] : []));
}

/** How many cells of a row name a column that we know. */
export function countKnown(row: readonly string[]): number {
  return row.filter((cell) => usesByName.has(nameKeyOf(cell))).length;
}
