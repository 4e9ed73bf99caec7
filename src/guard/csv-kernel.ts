import { csvKernel } from './csv-kernel-code.ts';
import { openKernel } from './kernel.ts';
import type { Output } from './output.ts';

/** The most bytes that are looked at in one call. */
export const MOST_AT_ONCE = 64 * 1024;

/** So many bytes are looked at together; of each, three masks of 64 bits are kept. */
const BLOCK = 64;
// What lies in the kernel's memory, by byte: first the bytes, with so many behind them that nothing is read past them. Each
// byte may be the separator of a row of its own.
const MASKS = MOST_AT_ONCE + BLOCK;
const COUNT = MASKS + (MOST_AT_ONCE / BLOCK) * 3 * 8;
const ROWS = COUNT + 4;
/** Of each row that is looked at as a line: its key, where the number's cell begins and ends, and its line end. */
const WORDS_OF_LINE = 4;
/** Of the rows that are written many at a time, each has a number of ten digits. */
const MOST_CHOSEN = Math.ceil(MOST_AT_ONCE / 10);
/** How many words of memory a name that stands for a number takes; it has 33 bytes. */
export const NAME_WORDS = 9;
const PLAN = ROWS + 4 * WORDS_OF_LINE * (MOST_AT_ONCE + 1);
const CHOSEN = PLAN + 2 * 4 * MOST_AT_ONCE;
const NAMES = CHOSEN + 4 * MOST_CHOSEN;
const LENGTHS = NAMES + 4 * NAME_WORDS * MOST_CHOSEN;
const OUT = LENGTHS + 4 * MOST_CHOSEN;
const MEMORY = OUT + MOST_AT_ONCE + 4 * NAME_WORDS * MOST_CHOSEN + BLOCK;

type Find = (
  at: number,
  masks: number,
  blocks: number,
  columns: number,
  column: number,
  out: number,
) => number;
type Exports = {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly marks: (at: number, to: number, masks: number) => number;
  readonly rows: Find;
  readonly lines: Find;
  readonly project: (
    found: number,
    columns: number,
    plan: number,
    planned: number,
    chosen: number,
    count: number,
    names: number,
    out: number,
    lengths: number,
  ) => number;
};

const { memory, marks, rows, lines, project } = openKernel<Exports>(csvKernel, MEMORY);
const bytesThere = new Uint8Array(memory.buffer);
const words = new Int32Array(memory.buffer);
const written = Buffer.from(memory.buffer, OUT);
/** Whose rows lie in the kernel's memory: nothing in it is kept from one piece of an input to the next. */
let owner: FoundRows | undefined;

/** What leaves of a cell: all of it; of a day the month or the year; or, of the NHS number, the name that stands for it. */
export const whatLeaves = { keep: 0, month: 1, year: 2, pseudonym: 3 } as const;

/** Rows that leave, many at a time, in their order. */
export class ChosenRows {
  count = 0;
  /** Of each, its number among those found, and the key of its patient. */
  rows = new Int32Array(0);
  keys = new Int32Array(0);
  /** What note() of decide-people.ts would note of each: the ordinal of its patient, and how many bytes of it leave. */
  notes = new Int32Array(0);

  /** Begins anew. @param most how many there will be at most */
  clear(most: number): void {
    this.count = 0;
    if (most <= this.rows.length) return;
    this.rows = new Int32Array(2 * most);
    this.keys = new Int32Array(2 * most);
    this.notes = new Int32Array(2 * 2 * most);
  }

  add(row: number, key: number, ordinal: number): void {
    const place = this.count++;
    this.rows[place] = row;
    this.keys[place] = key;
    this.notes[2 * place] = ordinal;
  }

  /** Says how many bytes of a row leave. */
  setLength(place: number, length: number): void {
    this.notes[2 * place + 1] = length;
  }
}

/** What there is to know of the rows of a file. */
export type RowShape = {
  /** How many cells each has, 1 or more. */
  readonly columns: number;
  /** The column with NHS numbers, which are read with the rows, from 0; -1: there is none, or several. */
  readonly numberColumn: number;
  /** Whether no other cell is asked for. */
  readonly onlyNumber: boolean;
};

/** Whole rows of CSV that follow each other in some bytes. */
export class FoundRows {
  count = 0;
  /** Line feeds in them, those inside quotes included. */
  lines = 0;
  /** The first byte of the first of them. */
  private start = 0;
  private shape: RowShape = { columns: 0, numberColumn: -1, onlyNumber: false };
  /** Of each row: its key, and the places of its separators, or of those that count, from `start`. */
  private words: Int32Array = new Int32Array(0);
  private perRow = 0;

  /**
   * Finds whole rows that can be read, many times as fast as csv.ts, which says what they are: each has the right number
   * of cells, quotes only where they belong, no NUL, and its line end. The first that is otherwise ends it.
   *
   * @param from the first byte of a row
   * @param to one after the last byte to look at, at most {@link MOST_AT_ONCE} behind `from`
   */
  find(bytes: Buffer, from: number, to: number, shape: RowShape): void {
    const { columns, numberColumn, onlyNumber } = shape;
    owner = this;
    bytesThere.set(bytes.subarray(from, to));
    const blocks = marks(0, to - from, MASKS);
    this.count = (onlyNumber ? lines : rows)(0, MASKS, blocks, columns, numberColumn, ROWS);
    this.lines = words[COUNT / 4] as number;
    this.start = from;
    this.shape = shape;
    this.perRow = onlyNumber ? WORDS_OF_LINE : 1 + columns;
    const size = this.count * this.perRow;
    if (size > this.words.length) this.words = new Int32Array(2 * size);
    this.words.set(words.subarray(ROWS / 4, ROWS / 4 + size));
  }

  /** The key of a row's NHS number when it is plainly a valid one, else negative: nhsNumberKey() has to look. */
  key(row: number): number {
    return this.words[row * this.perRow] as number;
  }

  /** One after the last byte of a row, its line feed included; of the row before the first: where that begins. */
  end(row: number): number {
    return row < 0 ? this.start : this.start + (this.words[(row + 1) * this.perRow - 1] as number) + 1;
  }

  /** The first byte of a cell; of all but the NHS number only where they were asked for. */
  cellStart(row: number, cell: number): number {
    const { onlyNumber } = this.shape;
    if (cell === 0 && !onlyNumber) return this.end(row - 1);
    const place = this.words[row * this.perRow + (onlyNumber ? 1 : cell)] as number;
    return this.start + place + (onlyNumber ? 0 : 1);
  }

  /** The place of the separator behind a cell. */
  cellEnd(row: number, cell: number): number {
    const place = this.shape.onlyNumber ? 2 : cell + 1;
    return this.start + (this.words[row * this.perRow + place] as number);
  }

  /** How many cells a row has. */
  get cells(): number {
    return this.shape.columns;
  }

  /**
   * Writes what leaves of rows just found, not only their numbers asked for, and how long each is: as far as every cell is
   * plain, as kernels/csv.ts says.
   *
   * @param plan of each cell that leaves, its column and {@link whatLeaves} of it
   * @param names of each chosen row, the 33 bytes of its name in NAME_WORDS words; where the plan asks for none, anything
   * @param from the first of the chosen rows to write: 0 for the first call with them, which takes them all
   * @returns how many of them were written
   */
  project(plan: Int32Array, chosen: ChosenRows, names: Int32Array, from: number, output: Output): number {
    if (owner !== this) throw new Error('The rows are no longer in memory');
    if (from === 0) {
      words.set(plan, PLAN / 4);
      words.set(chosen.rows.subarray(0, chosen.count), CHOSEN / 4);
      words.set(names.subarray(0, chosen.count * NAME_WORDS), NAMES / 4);
    }
    const rowsAt = CHOSEN + 4 * from;
    const namesAt = NAMES + 4 * NAME_WORDS * from;
    const count = chosen.count - from;
    const done = project(ROWS, this.cells, PLAN, plan.length / 2, rowsAt, count, namesAt, OUT, LENGTHS);
    let all = 0;
    for (let place = 0; place < done; place++) {
      const length = words[LENGTHS / 4 + place] as number;
      chosen.setLength(from + place, length);
      all += length;
    }
    output.copy(written, 0, all);
    return done;
  }
}
