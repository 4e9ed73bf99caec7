import { cellText } from './csv-cell.ts';
import { NumberTable } from './number-table.ts';
import type { Output } from './output.ts';
import { type Change, pseudonymOfNumber, treat } from './treatments.ts';

/** The longest cell that is remembered, and the longest text that a treatment gives. */
const LONGEST_CELL = 32;
const LONGEST_TEXT = 33;
/** So many cells are remembered at first, and at most, so that memory stays the same whatever the file. */
const FIRST_CELLS = 1 << 6;
const MOST_CELLS = 1 << 14;
/** So many people are remembered: those of a very large practice, which takes 25 MB. */
const MOST_PEOPLE = 1 << 19;
const FIRST_PEOPLE = 1 << 6;

/** Stands for the length of what a treatment gives when it cannot read a cell. */
const UNREADABLE = -1;

/**
 * A treatment of the cells of a column, which remembers what it gave for which bytes: in an extract the same days and
 * postcodes come again and again.
 */
export class TreatedCells {
  private memory = new CellMemory(FIRST_CELLS);
  private count = 0;

  constructor(
    private readonly change: Change,
    private readonly pseudonymKey: Buffer,
  ) {}

  /**
   * Writes what becomes of a cell.
   *
   * @param start first byte of the cell, its quotes included
   * @returns false when it cannot be read: then nothing was written
   */
  write(bytes: Buffer, start: number, end: number, output: Output): boolean {
    if (end - start > LONGEST_CELL) {
      const text = treat(this.change, cellText(bytes, start, end), this.pseudonymKey);
      if (text !== undefined) output.text(text);
      return text !== undefined;
    }
    const cell = this.find(bytes, start, end);
    const { texts, textLengths } = this.memory;
    const length = textLengths[cell] as number;
    if (length === UNREADABLE) return false;
    output.copy(texts, cell * LONGEST_TEXT, cell * LONGEST_TEXT + length);
    return true;
  }

  /** The number of a cell, which is remembered now if it was not before. */
  private find(bytes: Buffer, start: number, end: number): number {
    let hash = end - start;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    const { places } = this.memory;
    const mask = places.length - 1;
    let place = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const cell = (places[place] as number) - 1;
      if (cell < 0)
        return this.count === this.memory.most
          ? this.start(bytes, start, end)
          : this.add(place, bytes, start, end);
      if (this.isSame(cell, bytes, start, end)) return cell;
      place = (place + 1) & mask;
    }
  }

  /** Forgets all, and remembers more from now on if that may be. */
  private start(bytes: Buffer, start: number, end: number): number {
    this.memory = new CellMemory(Math.min(4 * this.memory.most, MOST_CELLS));
    this.count = 0;
    return this.find(bytes, start, end);
  }

  private isSame(cell: number, bytes: Buffer, start: number, end: number): boolean {
    const { cells, lengths } = this.memory;
    if (lengths[cell] !== end - start) return false;
    for (let at = start, of = cell * LONGEST_CELL; at < end; at++, of++)
      if (cells[of] !== bytes[at]) return false;
    return true;
  }

  private add(free: number, bytes: Buffer, start: number, end: number): number {
    const { memory, count: cell } = this;
    const text = treat(this.change, cellText(bytes, start, end), this.pseudonymKey);
    memory.lengths[cell] = end - start;
    memory.cells.set(bytes.subarray(start, end), cell * LONGEST_CELL);
    memory.textLengths[cell] = text?.length ?? UNREADABLE;
    memory.texts.write(text ?? '', cell * LONGEST_TEXT, 'latin1');
    this.count++;
    memory.places[free] = this.count;
    return cell;
  }
}

/** Of each cell remembered: its length and bytes, and those of what it became; found by a hash of the bytes. */
class CellMemory {
  readonly lengths: Uint8Array;
  readonly cells: Uint8Array;
  readonly textLengths: Int8Array;
  readonly texts: Buffer;
  /** One more than the number of a cell; 0 where there is none. */
  readonly places: Uint16Array;

  /** @param most a power of two */
  constructor(readonly most: number) {
    this.lengths = new Uint8Array(most);
    this.cells = new Uint8Array(most * LONGEST_CELL);
    this.textLengths = new Int8Array(most);
    this.texts = Buffer.alloc(most * LONGEST_TEXT);
    this.places = new Uint16Array(2 * most);
  }
}

/** The pseudonyms of NHS numbers, remembered: one patient has many rows. */
export class Pseudonyms {
  private people = new NumberTable();
  private texts = Buffer.alloc(FIRST_PEOPLE * LONGEST_TEXT);
  private count = 0;

  constructor(private readonly pseudonymKey: Buffer) {}

  /**
   * Writes the pseudonym of the number by which a row was decided.
   *
   * @param key as nhsNumberKey says
   * @returns false when it is no number: then nothing was written
   */
  write(key: number, output: Output): boolean {
    if (key < 0) return pseudonymOfNumber(key, this.pseudonymKey) !== undefined;
    const known = this.people.find(key);
    const start = (known < 0 ? this.add(key) : known) * LONGEST_TEXT;
    output.copy(this.texts, start, start + LONGEST_TEXT);
    return true;
  }

  private add(key: number): number {
    if (this.count === MOST_PEOPLE) {
      this.people = new NumberTable();
      this.count = 0;
    }
    const start = this.count * LONGEST_TEXT;
    if (start === this.texts.length) this.texts = Buffer.concat([this.texts], 2 * start);
    this.texts.write(pseudonymOfNumber(key, this.pseudonymKey) as string, start, 'latin1');
    this.people.add(key, this.count);
    return this.count++;
  }
}
