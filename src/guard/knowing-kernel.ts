import { ChosenRows } from './chosen-rows.ts';
import { CHOSEN, CsvKernel, MEMORY, MOST_CHOSEN, NAME_BYTES, NOTES, RUNS, WITHHELD } from './csv-kernel.ts';
import type { PeopleDecider } from './decide-people.ts';
import type { PatientIndex } from './patient-index.ts';
import { inTurns, SLICE, type Sliced } from './slices.ts';

/** Stands where there is no key. */
const EMPTY = -1;
/** So many words of memory are filled in a slice. */
const WORDS = 256 * 1024;
/** So many slots for each patient: with fewer, what is not there takes long to be missed. */
const ROOM = 2;

/** Tables that are made, or being made, in a kernel's memory, by the numbers in them: who needs the same copies it. */
const tables = new WeakMap<object, Promise<WeakRef<KnowingKernel>>>();

/** That of a release that is over, for the next one to have: its memory would else stay until the collector finds it. */
let spare: KnowingKernel | undefined;

/**
 * A kernel that also knows the patients of a release, by the keys of their NHS numbers, and what becomes of a row that
 * names one of them: so it takes rows without asking for each.
 */
export class KnowingKernel extends CsvKernel {
  // Where pairs of a key and its ordinal lie, by open addressing; the place behind the last of them, less one; by how much
  // a hash is shifted to be the number of a pair; of each ordinal a byte for what was noted and one for what is decided; and
  // 16 for its name.
  readonly slots = MEMORY;
  readonly last: number;
  readonly shift: number;
  readonly noted: number;
  readonly decided: number;
  override readonly names: number;
  private namedBy: Buffer | undefined;
  /** The rows that it chose last. */
  readonly chosen: ChosenRows;

  /** @param people what is noted by them from now on lies in the kernel's memory, where it notes too; nothing until then */
  static async of(people: PeopleDecider): Promise<KnowingKernel> {
    const { index, membership } = people;
    const kernel = await KnowingKernel.withTableOf(index);
    const { bytes, noted, decided } = kernel;
    await inTurns(people.decidingAll(bytes.subarray(decided, decided + index.size)));
    membership.moveTo(bytes.subarray(noted, decided));
    return kernel;
  }

  private constructor(private readonly size: number) {
    const bits = Math.max(4, Math.ceil(Math.log2(size * ROOM)));
    const bytes = 8 << bits;
    super(bytes + 2 * size + NAME_BYTES * size);
    this.last = bytes - 1;
    this.shift = 32 - bits;
    this.noted = MEMORY + bytes;
    this.decided = this.noted + size;
    this.names = this.decided + size;
    const [rows, notes, runs] = [CHOSEN / 4, NOTES / 4, RUNS / 4];
    this.chosen = new ChosenRows(
      this.words.subarray(rows, rows + MOST_CHOSEN),
      this.words.subarray(notes, notes + 2 * MOST_CHOSEN),
      this.words.subarray(runs, runs + 2 * MOST_CHOSEN),
    );
  }

  /** @throws for another key than before: what is kept of names was made with that */
  override nameBy(key: Buffer): void {
    this.namedBy ??= Buffer.from(key);
    if (!this.namedBy.equals(key)) throw new Error('The names of a release are made with one key');
    super.nameBy(key);
  }

  /** The one of a release that is over, or a new one with a copy of another's table, or with one of its own. */
  private static async withTableOf(index: PatientIndex): Promise<KnowingKernel> {
    const { numbers } = index;
    for (;;) {
      const there = tables.get(numbers);
      if (there === undefined) break;
      const other = (await there.catch(() => undefined))?.deref();
      if (other?.size === index.size) {
        if (other.takeOver()) return other;
        spare = undefined;
        const kernel = new KnowingKernel(index.size);
        await inTurns(kernel.copying(other.table));
        return kernel;
      }
      // It is gone, or of another length; or somebody else has found the same, and makes it again.
      if (tables.get(numbers) === there) tables.delete(numbers);
    }
    spare = undefined;
    const kernel = new KnowingKernel(index.size);
    const made = inTurns(kernel.adding(index)).then(() => new WeakRef(kernel));
    tables.set(numbers, made);
    await made;
    return kernel;
  }

  /**
   * Lets the next release have it. Not one with names: they are of the key of one extract.
   *
   * @param people of whom nothing more is decided; what was noted stays with them
   */
  free({ membership, index }: PeopleDecider): void {
    membership.moveTo(new Uint8Array(this.size));
    if (this.namedBy !== undefined) return;
    spare = this;
    // Where it has a copy of another's table, the next would find that one.
    tables.set(index.numbers, Promise.resolve(new WeakRef(this)));
  }

  /** False when a release has it. What it knows of decisions is the release's to write; the rest is of the last piece. */
  private takeOver(): boolean {
    if (spare !== this) return false;
    spare = undefined;
    this.owner = undefined;
    this.bytes.fill(0, WITHHELD, RUNS);
    return true;
  }

  private get table(): Int32Array {
    return this.words.subarray(this.slots / 4, this.noted / 4);
  }

  private *copying(other: Int32Array): Sliced<void> {
    const { table } = this;
    for (let at = 0; at < other.length; at += WORDS) {
      table.set(other.subarray(at, at + WORDS), at);
      yield;
    }
  }

  private *adding(index: PatientIndex): Sliced<void> {
    const slots = this.table;
    for (let at = 0; at < slots.length; at += WORDS) {
      slots.fill(EMPTY, at, at + WORDS);
      yield;
    }
    const add = (key: number, ordinal: number) => {
      let slot = 2 * (Math.imul(key, 0x9e3779b1) >>> this.shift);
      while (slots[slot] !== EMPTY && slots[slot] !== key) slot = (slot + 2) & (slots.length - 1);
      slots[slot] = key;
      slots[slot + 1] = ordinal;
    };
    for (let ordinal = 0; ordinal < index.size; ordinal++) {
      if (ordinal % SLICE === 0) yield;
      const key = index.keyOf(ordinal);
      if (key >= 0) add(key, ordinal);
    }
    // Whoever shares a number is known by one of them.
    for (const ordinal of index.shared()) add(index.keyOf(ordinal), index.find(index.keyOf(ordinal)));
  }
}
