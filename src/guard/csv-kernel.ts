import { csvKernel } from './csv-kernel-code.ts';
import { openKernel } from './kernel.ts';

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
const MEMORY = ROWS + 4 * WORDS_OF_LINE * (MOST_AT_ONCE + 1);

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
};

const { memory, marks, rows, lines } = openKernel<Exports>(csvKernel, MEMORY);
const bytesThere = new Uint8Array(memory.buffer);
const words = new Int32Array(memory.buffer);

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
    // Nothing is kept in the kernel's memory from one call to the next, so all scanners share it.
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
}
