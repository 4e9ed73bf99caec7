import type { PersonRow, ReadRow } from './read-list-row.ts';
import { personKey } from './same-person.ts';

/** Somebody whom the file names, with the further rows that name them again. */
export type FilePerson = { readonly first: PersonRow; readonly again: readonly PersonRow[] };

/** All rows of the file with one NHS number; or one row that has none. */
export type Batch = {
  readonly rows: readonly ReadRow[];
  /** By NHS number. */
  readonly people: ReadonlyMap<string, readonly FilePerson[]>;
};

/**
 * Parts the rows into batches of about `most`, in the order of the file. Rows with one NHS number stay together,
 * because who is who among them is decided together.
 */
export function batchesOf(rows: readonly ReadRow[], most: number): Batch[] {
  const byNumber = new Map<string, ReadRow[]>();
  for (const row of rows) {
    const key = row.ok ? row.person.nhsNumber : (row.nhsNumber ?? `row ${row.row}`);
    const others = byNumber.get(key);
    if (others) others.push(row);
    else byNumber.set(key, [row]);
  }
  const batches: ReadRow[][] = [[]];
  for (const group of byNumber.values()) {
    const last = batches.at(-1) as ReadRow[];
    if (last.length > 0 && last.length + group.length > most) batches.push([...group]);
    else last.push(...group);
  }
  return batches
    .filter((batch) => batch.length > 0)
    .map((batch) => ({ rows: batch, people: peopleOf(batch) }));
}

function peopleOf(rows: readonly ReadRow[]): Map<string, FilePerson[]> {
  const byNumber = new Map<string, Map<string, PersonRow[]>>();
  for (const row of rows) {
    if (!row.ok) continue;
    const { nhsNumber } = row.person;
    const people = byNumber.get(nhsNumber) ?? new Map<string, PersonRow[]>();
    byNumber.set(nhsNumber, people);
    const key = personKey(row.person);
    people.set(key, [...(people.get(key) ?? []), row]);
  }
  return new Map(
    [...byNumber].map(([nhsNumber, people]) => [
      nhsNumber,
      [...people.values()].flatMap(([first, ...again]) => (first ? [{ first, again }] : [])),
    ]),
  );
}
