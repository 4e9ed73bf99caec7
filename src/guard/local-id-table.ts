import { type LocalId, type LocalIdKind, localIdKinds } from '../patients/local-ids.ts';

/** Answers of {@link LocalIdTable.find} that are no ordinal. */
export const UNKNOWN_ID = -1;
export const SHARED_ID = -2;

/** Whose a local id is. A value: it never changes. */
export class LocalIdTable {
  static readonly empty = new LocalIdTable(new Map());

  private readonly owners = new Map<string, number>();

  /** @param ids the ids of each patient who has any, by ordinal */
  private constructor(private readonly ids: ReadonlyMap<number, readonly LocalId[]>) {
    for (const [ordinal, some] of ids) {
      for (const { kind, value } of some) {
        const key = keyOf(kind, value);
        const owner = this.owners.get(key) ?? ordinal;
        this.owners.set(key, owner === ordinal ? ordinal : SHARED_ID);
      }
    }
  }

  /** The ids of a patient. */
  of(ordinal: number): readonly LocalId[] {
    return this.ids.get(ordinal) ?? [];
  }

  /**
   * The ordinal of the one patient with an id, UNKNOWN_ID or SHARED_ID.
   *
   * @param kind undefined: it may be of any
   */
  find(kind: LocalIdKind | undefined, value: string): number {
    if (kind !== undefined) return this.owners.get(keyOf(kind, value)) ?? UNKNOWN_ID;
    const found = localIdKinds.map((one) => this.find(one, value)).filter((one) => one !== UNKNOWN_ID);
    return new Set(found).size > 1 ? SHARED_ID : (found[0] ?? UNKNOWN_ID);
  }

  /** The table in which these patients have these ids; this one when they have them already. */
  with(changes: readonly (readonly [ordinal: number, ids: readonly LocalId[]])[]): LocalIdTable {
    const changed = changes.filter(([ordinal, ids]) => !isSame(this.of(ordinal), ids));
    if (changed.length === 0) return this;
    const ids = new Map(this.ids);
    for (const [ordinal, some] of changed) ids.set(ordinal, some);
    return new LocalIdTable(ids);
  }
}

function keyOf(kind: LocalIdKind, value: string): string {
  return `${kind} ${value}`;
}

function isSame(some: readonly LocalId[], others: readonly LocalId[]): boolean {
  if (some.length !== others.length) return false;
  return some.every(({ kind, value }) => others.some((one) => one.kind === kind && one.value === value));
}
