import { csvKernel } from './csv-kernel-code.ts';
import type { FoundRows } from './found-rows.ts';
import { openKernel } from './kernel.ts';
import { sha256Constants } from './sha-256-constants.ts';

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
/** The bytes of a name that stands for a number; in hexadecimal and behind a letter it has 33. */
export const NAME_BYTES = 16;
const NAME_LENGTH = 33;
export const PLAN = ROWS + 4 * WORDS_OF_LINE * (MOST_AT_ONCE + 1);
export const CHOSEN = PLAN + 2 * 4 * MOST_AT_ONCE + 4;
/** The key of names, with zeros behind it, and what is made of it, as kernels/parts/hmac-sha-256.ts says. */
export const KEY = CHOSEN + 4 * MOST_CHOSEN;
const LONGEST_KEY = 64;
export const READY = KEY + LONGEST_KEY;
export const LENGTHS = READY + 4 * (sha256Constants.length + 2 * 8 + 64 + 8);
export const NOTES = LENGTHS + 4 * MOST_CHOSEN;
/** Of each decision that is a byte, how many rows stay. */
export const WITHHELD = NOTES + 2 * 4 * MOST_CHOSEN;
/** Of rows that are permitted and follow each other, the first and one after the last; in the word before, how often. */
export const RUNS = WITHHELD + 4 * 256 + 4;
export const OUT = RUNS + 2 * 4 * MOST_CHOSEN;
export const MEMORY = 8 * Math.ceil((OUT + MOST_AT_ONCE + (NAME_LENGTH + 1) * MOST_CHOSEN + BLOCK) / 8);

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
    runs: number,
    withheld: number,
  ) => number;
  readonly nameBy: (key: number, ready: number) => void;
  readonly project: (
    found: number,
    columns: number,
    plan: number,
    planned: number,
    chosen: number,
    count: number,
    ready: number,
    names: number,
    notes: number,
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
  /** Where the bytes of names are kept by ordinal; 0: nowhere. */
  readonly names: number = 0;
  /** Whose rows lie in its memory. */
  owner: FoundRows | undefined;

  /** @param more how many bytes of memory to have behind its own */
  protected constructor(more = 0) {
    this.run = openKernel<Exports>(csvKernel, MEMORY + more);
    const { buffer } = this.run.memory;
    this.bytes = new Uint8Array(buffer);
    this.words = new Int32Array(buffer);
    this.written = Buffer.from(buffer, OUT);
    this.words.set(sha256Constants, READY / 4);
  }

  /** Names numbers by a key from now on. @throws when it is longer than a block of SHA-256 */
  nameBy(key: Buffer): void {
    if (key.length > LONGEST_KEY) throw new Error('A key of names has 64 bytes at most');
    this.bytes.fill(0, KEY, READY);
    this.bytes.set(key, KEY);
    this.run.nameBy(KEY, READY);
  }
}

/** What leaves of a cell: all of it; of a day the month or the year; or, of the NHS number, the name that stands for it. */
export const whatLeaves = { keep: 0, month: 1, year: 2, pseudonym: 3 } as const;
