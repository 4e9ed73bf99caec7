import { ChosenRows } from './chosen-rows.ts';
import { CHOSEN, CsvKernel, MEMORY, MOST_CHOSEN, NAME_BYTES, NOTES } from './csv-kernel.ts';
import type { PeopleDecider } from './decide-people.ts';
import type { PatientIndex } from './patient-index.ts';

/** Stands where there is no key. */
const EMPTY = -1;
/** So many slots for each patient: with fewer, what is not there takes long to be missed. */
const ROOM = 2;

/**
 * A kernel that also knows the patients of a release, by the keys of their NHS numbers, and what becomes of a row that
 * names one of them: so it takes rows without asking for each.
 */
export class KnowingKernel extends CsvKernel {
  // Where pairs of a key and its ordinal lie, by open addressing; the place behind the last of them, less one; by how much
  // a hash is shifted to be the number of a pair; and, a byte for each ordinal, what was noted and what is decided; and 16 for each, its name.
  readonly slots = MEMORY;
  readonly last: number;
  readonly shift: number;
  readonly noted: number;
  readonly decided: number;
  override readonly names: number;
  private namedBy: Buffer | undefined;
  /** The rows that it chose last. */
  readonly chosen: ChosenRows;

  /** @param people what is noted by them from now on lies in the kernel's memory, where it notes too */
  constructor(people: PeopleDecider) {
    const { index } = people;
    const { size } = index;
    const bits = Math.max(4, Math.ceil(Math.log2(size * ROOM)));
    const bytes = 8 << bits;
    super(bytes + 2 * size + NAME_BYTES * size);
    this.last = bytes - 1;
    this.shift = 32 - bits;
    this.noted = MEMORY + bytes;
    this.decided = this.noted + size;
    this.names = this.decided + size;
    this.addAll(index);
    people.decideAll(this.bytes.subarray(this.decided, this.decided + size));
    people.membership.moveTo(this.bytes.subarray(this.noted, this.noted + size));
    const [rows, notes] = [CHOSEN / 4, NOTES / 4];
    this.chosen = new ChosenRows(
      this.words.subarray(rows, rows + MOST_CHOSEN),
      this.words.subarray(notes, notes + 2 * MOST_CHOSEN),
    );
  }

  /** @throws for another key than before: what is kept of names was made with that */
  override nameBy(key: Buffer): void {
    this.namedBy ??= Buffer.from(key);
    if (!this.namedBy.equals(key)) throw new Error('The names of a release are made with one key');
    super.nameBy(key);
  }

  private addAll(index: PatientIndex): void {
    const slots = this.words.subarray(MEMORY / 4, this.noted / 4).fill(EMPTY);
    const add = (key: number, ordinal: number) => {
      let slot = 2 * (Math.imul(key, 0x9e3779b1) >>> this.shift);
      while (slots[slot] !== EMPTY && slots[slot] !== key) slot = (slot + 2) & (slots.length - 1);
      slots[slot] = key;
      slots[slot + 1] = ordinal;
    };
    for (let ordinal = 0; ordinal < index.size; ordinal++) {
      const key = index.keyOf(ordinal);
      if (key >= 0) add(key, ordinal);
    }
    // Whoever shares a number is known by one of them.
    for (const ordinal of index.shared()) add(index.keyOf(ordinal), index.find(index.keyOf(ordinal)));
  }
}
