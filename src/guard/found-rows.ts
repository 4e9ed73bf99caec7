import type { ChosenRows } from './chosen-rows.ts';
import {
  CHOSEN,
  COUNT,
  CsvKernel,
  LENGTHS,
  MASKS,
  NOTES,
  OUT,
  PLAN,
  READY,
  ROWS,
  RUNS,
  WITHHELD,
  WORDS_OF_LINE,
} from './csv-kernel.ts';
import type { KnowingKernel } from './knowing-kernel.ts';
import { MOST_DECISION } from './membership.ts';
import type { Output } from './output.ts';

/** Of rows that somebody else found, there are a key and a line end. */
const WORDS_OF_OTHERS = 2;
const FIRST_WORDS = 512;

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

  constructor(readonly kernel: CsvKernel = CsvKernel.shared) {}

  /**
   * Finds whole rows that can be read, many times as fast as csv.ts, which says what they are: each has the right number
   * of cells, quotes only where they belong, no NUL, and its line end. The first that is otherwise ends it.
   *
   * @param from the first byte of a row
   * @param to one after the last byte to look at, at most {@link MOST_AT_ONCE} behind `from`
   */
  find(bytes: Buffer, from: number, to: number, shape: RowShape): void {
    const { columns, numberColumn, onlyNumber } = shape;
    const { kernel } = this;
    const { run, words } = kernel;
    kernel.owner = this;
    kernel.bytes.set(bytes.subarray(from, to));
    const blocks = run.marks(0, to - from, MASKS);
    this.count = (onlyNumber ? run.lines : run.rows)(0, MASKS, blocks, columns, numberColumn, ROWS);
    this.lines = words[COUNT / 4] as number;
    this.start = from;
    this.shape = shape;
    this.perRow = onlyNumber ? WORDS_OF_LINE : 1 + columns;
    const size = this.count * this.perRow;
    if (size > this.words.length) this.words = new Int32Array(2 * size);
    this.words.set(words.subarray(ROWS / 4, ROWS / 4 + size));
  }

  /** Begins anew with rows that somebody else finds, of which only their numbers and ends are asked for. @param start first byte of the first */
  begin(start: number): void {
    this.kernel.owner = this;
    this.start = start;
    this.count = 0;
    this.perRow = WORDS_OF_OTHERS;
  }

  /** Adds the next of them. @param key of its number, 0 or more; @param end one after its line feed */
  add(key: number, end: number): void {
    const place = this.count++ * WORDS_OF_OTHERS;
    if (place === this.words.length) {
      const { words } = this;
      this.words = new Int32Array(Math.max(2 * place, FIRST_WORDS));
      this.words.set(words);
    }
    const { words } = this.kernel;
    words[ROWS / 4 + place] = this.words[place] = key;
    words[ROWS / 4 + place + 1] = this.words[place + 1] = end - 1 - this.start;
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

  /**
   * Takes the rows just found from one on, as decide-rows.ts says, with what their kernel knows: it chooses those that
   * leave, with their whole length.
   *
   * @param stay is told how many rows stay for each decision, as membership.ts numbers them
   * @returns the first row that was not taken
   */
  known(kernel: KnowingKernel, from: number, stay: (decision: number, rows: number) => void): number {
    const { run, words, slots, last, shift, noted, decided, chosen } = this.kept(kernel);
    const { count, perRow } = this;
    const to = run.known(
      ...([ROWS, 4 * perRow, from, count, slots, last, shift, noted, decided] as const),
      ...([CHOSEN, NOTES, RUNS, WITHHELD] as const),
    );
    chosen.count = words[CHOSEN / 4 - 1] as number;
    chosen.runCount = words[RUNS / 4 - 1] as number;
    for (let decision = 0; decision <= MOST_DECISION; decision++) {
      const rows = words[WITHHELD / 4 + decision] as number;
      if (rows === 0) continue;
      stay(decision, rows);
      words[WITHHELD / 4 + decision] = 0;
    }
    return to;
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
   * @param pseudonymKey the extract's own, as treatments.ts has it
   * @param from the first of the chosen rows to write: 0 for the first call with them, which takes them all
   * @returns how many of them were written
   */
  project(plan: Int32Array, chosen: ChosenRows, pseudonymKey: Buffer, from: number, output: Output): number {
    const kernel = this.kept(this.kernel);
    const { run, words, written, names } = kernel;
    if (from === 0) {
      words.set(plan, PLAN / 4);
      words.set(chosen.rows.subarray(0, chosen.count), CHOSEN / 4);
      kernel.nameBy(pseudonymKey);
    }
    const [rows, notes, count] = [CHOSEN + 4 * from, NOTES + 2 * 4 * from, chosen.count - from];
    const done = run.project(
      ...([ROWS, this.cells, PLAN, plan.length / 2, rows, count] as const),
      ...([READY, names, notes, OUT, LENGTHS] as const),
    );
    let all = 0;
    for (let place = 0; place < done; place++) {
      const length = words[LENGTHS / 4 + place] as number;
      chosen.setLength(from + place, length);
      all += length;
    }
    output.copy(written, 0, all);
    return done;
  }

  /** The kernel in whose memory these rows still are. */
  private kept<K extends CsvKernel>(kernel: K): K {
    if (kernel !== this.kernel || kernel.owner !== this) throw new Error('The rows are no longer in memory');
    return kernel;
  }
}
