import { keyOfNhsNumber, parseNhsNumber } from '../patients/nhs-number.ts';
import { AMBIGUOUS, LEFT, OBJECTED_TYPE_1, OBJECTED_TYPE_2, RESTRICTED } from './decide.ts';
import { NumberTable } from './number-table.ts';

/** A patient of the list as the guard needs it, objections folded by the rule of objections/objection.ts. */
export type PatientRecord = {
  /** Dense in the practice: 0, 1, 2 … */
  readonly ordinal: number;
  /** The random reference that stands for the patient in the ledger. */
  readonly id: string;
  readonly nhsNumber: string;
  readonly left: boolean;
  readonly restricted: boolean;
  readonly objected: { readonly type1: boolean; readonly type2: boolean };
};

const NOBODY = -1;

/**
 * Everybody on a practice's patient list, as of one size of its ledger. A value: it never changes, so that a
 * release is decided by one and the same from its first row to its last.
 */
export class PatientIndex {
  /** The index of a practice without patients, before its first ledger entry. */
  static readonly empty = new PatientIndex(0, [], new Int32Array(), new Uint8Array(), undefined);

  /** Flags by ordinal, those of all patients with the same number together. */
  private readonly flags: Uint8Array;

  private constructor(
    /** Every ledger entry below this is in the index. */
    readonly ledgerSize: number,
    private readonly ids: readonly string[],
    private readonly keys: Int32Array,
    /** Flags by ordinal, each patient's own. */
    private readonly own: Uint8Array,
    /** The commitment of the last of those entries, in hexadecimal: it tells this ledger from another of the same size. */
    readonly lastEntry: string | undefined,
    private readonly numbers: Numbers = numbersOf(keys),
  ) {
    this.flags = mergeFlags(own, numbers);
  }

  /** The number of ordinals in use. */
  get size(): number {
    return this.keys.length;
  }

  /** The ordinal of the patient with this number (the first, where several have it), or -1. */
  find(key: number): number {
    return this.numbers.table.find(key);
  }

  flagsOf(ordinal: number): number {
    return this.flags[ordinal] as number;
  }

  keyOf(ordinal: number): number {
    return this.keys[ordinal] as number;
  }

  idOf(ordinal: number): string {
    return this.ids[ordinal] as string;
  }

  /** The ordinals of every patient with the number of this one. */
  sharersOf(ordinal: number): readonly number[] {
    return this.numbers.shared.get(ordinal) ?? [ordinal];
  }

  /**
   * The index that follows from this one.
   *
   * @param ledgerSize the ledger's size, read before the records were
   * @param records every patient touched by a ledger entry since this index, as they are now
   * @param lastEntry the commitment of the ledger's last entry at that size
   */
  with(ledgerSize: number, records: readonly PatientRecord[], lastEntry = this.lastEntry): PatientIndex {
    const size = records.reduce((most, { ordinal }) => Math.max(most, ordinal + 1), this.size);
    const ids = [...this.ids];
    const keys = new Int32Array(size).fill(NOBODY);
    keys.set(this.keys);
    const own = new Uint8Array(size);
    own.set(this.own);
    let renumbered = false;
    for (const record of records) {
      const key = keyOf(record);
      renumbered ||= keys[record.ordinal] !== key;
      ids[record.ordinal] = record.id;
      keys[record.ordinal] = key;
      own[record.ordinal] = flagsOf(record);
    }
    const numbers = renumbered ? numbersOf(keys) : this.numbers;
    return new PatientIndex(ledgerSize, ids, keys, own, lastEntry, numbers);
  }
}

/** A record whose number is none can be found by no row. */
function keyOf(record: PatientRecord): number {
  const parsed = parseNhsNumber(record.nhsNumber);
  return parsed.ok ? keyOfNhsNumber(parsed.nhsNumber) : NOBODY;
}

function flagsOf({ left, restricted, objected }: PatientRecord): number {
  return (
    (objected.type1 ? OBJECTED_TYPE_1 : 0) |
    (objected.type2 ? OBJECTED_TYPE_2 : 0) |
    (left ? LEFT : 0) |
    (restricted ? RESTRICTED : 0)
  );
}

type Numbers = { readonly table: NumberTable; readonly shared: ReadonlyMap<number, readonly number[]> };

function numbersOf(keys: Int32Array): Numbers {
  const table = new NumberTable();
  const shared = new Map<number, number[]>();
  for (let ordinal = 0; ordinal < keys.length; ordinal++) {
    const key = keys[ordinal] as number;
    if (key === NOBODY) continue;
    const first = table.add(key, ordinal);
    if (first === ordinal) continue;
    const sharers = shared.get(first) ?? [first];
    sharers.push(ordinal);
    for (const sharer of sharers) shared.set(sharer, sharers);
  }
  return { table, shared };
}

/** What is known of one patient counts for everybody with the same number: an objection on either holds. */
function mergeFlags(own: Uint8Array, { shared }: Numbers): Uint8Array {
  const flags = own.slice();
  for (const [ordinal, sharers] of shared) {
    flags[ordinal] = sharers.reduce((all, sharer) => all | (own[sharer] as number), AMBIGUOUS);
  }
  return flags;
}
