import { AMBIGUOUS, LEFT, NOT_ON_LIST } from './decide.ts';
import { OrdinalTable } from './ordinal-table.ts';

/** In place of the key of a number, for who has none. */
export const NO_KEY = -1;

/** Whom a number means, when several records have it: who is registered before who left, both before a stranger. */
export function rankOf(flags: number): number {
  if (flags & NOT_ON_LIST) return 2;
  return flags & LEFT ? 1 : 0;
}

/** By number whom it means, and by ordinal everybody who shares theirs. */
export type Numbers = {
  readonly table: OrdinalTable;
  readonly shared: ReadonlyMap<number, readonly number[]>;
};

export function numbersOf(keys: Int32Array, own: Uint8Array): Numbers {
  const table = new OrdinalTable(keys);
  const shared = new Map<number, number[]>();
  for (const rank of [0, 1, 2]) {
    for (let ordinal = 0; ordinal < keys.length; ordinal++) {
      if (keys[ordinal] === NO_KEY || rankOf(own[ordinal] as number) !== rank) continue;
      const first = table.add(ordinal);
      if (first === ordinal) continue;
      const sharers = shared.get(first) ?? [first];
      sharers.push(ordinal);
      for (const sharer of sharers) shared.set(sharer, sharers);
    }
  }
  return { table, shared };
}

/**
 * What is known of one record counts for every record with the same number: an objection on either holds. Two people
 * of the list with one number are ambiguous; two records of one person have left, or are not on the list, only when
 * both are so.
 */
export function mergeFlags(
  own: Uint8Array,
  { shared }: Numbers,
  persons: ReadonlyMap<number, string>,
): Uint8Array {
  if (shared.size === 0) return own;
  const flags = own.slice();
  for (const [ordinal, sharers] of shared) {
    const all = sharers.map((sharer) => own[sharer] as number);
    const either = all.reduce((some, one) => some | one, 0);
    const both = all.reduce((some, one) => some & one, LEFT | NOT_ON_LIST);
    // Of somebody who is not on the list only the objection counts: a number said wrongly makes nobody two people.
    const listed = sharers.filter((sharer) => ((own[sharer] as number) & NOT_ON_LIST) === 0);
    const people = new Set(listed.map((sharer) => persons.get(sharer) ?? sharer));
    const ambiguous = people.size > 1 ? AMBIGUOUS : 0;
    flags[ordinal] = (either & ~(LEFT | NOT_ON_LIST)) | both | ambiguous;
  }
  return flags;
}
