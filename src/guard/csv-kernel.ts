import { csvKernel } from './csv-kernel-code.ts';
import type { FoundRows } from './found-rows.ts';
import { openKernel } from './kernel.ts';

/** The most bytes that are looked at in one call. */
export const MOST_AT_ONCE = 64 * 1024;

/** So many bytes are looked at together; of each, three masks of 64 bits are kept. */
const BLOCK = 64;
// What lies in the kernel's memory, by byte: first the bytes, with so many behind them that nothing is read past them. Each
// byte may be the separator of a row of its own.
export const MASKS = MOST_AT_ONCE + BLOCK;
export const COUNT = MASKS + (MOST_AT_ONCE / BLOCK) * 3 * 8;
export const ROWS = COUNT + 4;
/** Of each row that is looked at as a line: its key, where the number's cell begins and ends, and its line end. */
export const WORDS_OF_LINE = 4;
/** Of the rows that are written many at a time, each has a number of ten digits. */
export const MOST_CHOSEN = Math.ceil(MOST_AT_ONCE / 10);
/** How many words of memory a name that stands for a number takes; it has 33 bytes. */
export const NAME_WORDS = 9;
export const PLAN = ROWS + 4 * WORDS_OF_LINE * (MOST_AT_ONCE + 1);
export const CHOSEN = PLAN + 2 * 4 * MOST_AT_ONCE + 4;
export const NAMES = CHOSEN + 4 * MOST_CHOSEN;
export const LENGTHS = NAMES + 4 * NAME_WORDS * MOST_CHOSEN;
export const NOTES = LENGTHS + 4 * MOST_CHOSEN;
/** Of each decision that is a byte, how many rows stay. */
export const WITHHELD = NOTES + 2 * 4 * MOST_CHOSEN;
export const OUT = WITHHELD + 4 * 256;
export const MEMORY = 8 * Math.ceil((OUT + MOST_AT_ONCE + 4 * NAME_WORDS * MOST_CHOSEN + BLOCK) / 8);

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
  readonly known: (
    found: number,
    space: number,
    from: number,
    count: number,
    slots: number,
    last: number,
    shift: number,
    noted: number,
    decided: number,
    chosen: number,
    notes: number,
    withheld: number,
  ) => number;
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

/** The kernel with a memory of its own, of which nothing is kept from one piece of an input to the next. */
export class CsvKernel {
  /** For all who need none to themselves. */
  static readonly shared = new CsvKernel();

  readonly run: Exports;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly written: Buffer;
  /** Whose rows lie in its memory. */
  owner: FoundRows | undefined;

  /** @param more how many bytes of memory to have behind its own */
  protected constructor(more = 0) {
    this.run = openKernel<Exports>(csvKernel, MEMORY + more);
    const { buffer } = this.run.memory;
    this.bytes = new Uint8Array(buffer);
    this.words = new Int32Array(buffer);
    this.written = Buffer.from(buffer, OUT);
  }
}

/** What leaves of a cell: all of it; of a day the month or the year; or, of the NHS number, the name that stands for it. */
export const whatLeaves = { keep: 0, month: 1, year: 2, pseudonym: 3 } as const;
