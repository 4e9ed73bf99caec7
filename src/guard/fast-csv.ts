import { CsvScanner } from './csv.ts';
import { findRows, MOST_AT_ONCE } from './csv-kernel.ts';

const CR = 0x0d;
const LEAST_AT_ONCE = 1024;

/**
 * {@link CsvScanner}, many rows at a time: a kernel finds those that are whole and can be read, and what it does not
 * take (the header, a row that cannot be read, one of which the rest is still to come) goes byte by byte as there.
 * `line` is known only of those.
 */
export class FastCsvScanner extends CsvScanner {
  /** Rows found and not taken yet: their separators, counted from `base`, and which is the next. */
  private places: Int32Array = new Int32Array(0);
  private base = 0;
  private rows = 0;
  private taken = 0;
  private lines = 0;
  /** The place of the first separator of the record, when it was found so; else -1. */
  private first = -1;
  /** How far to look: not much further than the last time helped, for all that lies behind a bad row is in vain. */
  private reach = LEAST_AT_ONCE;

  override cellStart(cell: number): number {
    if (this.first < 0) return super.cellStart(cell);
    return cell === 0 ? this.start : this.base + (this.places[this.first + cell - 1] as number) + 1;
  }

  override cellEnd(cell: number): number {
    if (this.first < 0) return super.cellEnd(cell);
    return cell === this.cells - 1 ? this.contentEnd : this.base + (this.places[this.first + cell] as number);
  }

  override next(): boolean {
    while (this.taken < this.rows || this.find()) {
      if (this.take()) return true;
      if (this.fault) return false;
    }
    this.first = -1;
    return super.next();
  }

  private find(): boolean {
    const { bytes, from, columns } = this;
    if (columns === 0 || this.at !== from || this.fault) return false;
    const to = Math.min(bytes.length, from + this.reach);
    if (to === from) return false;
    const { rows, lines, places } = findRows(bytes, from, to, columns, this.places);
    this.places = places;
    this.base = from;
    this.rows = rows;
    this.taken = 0;
    this.lines = lines;
    const used = rows === 0 ? 0 : (places[rows * columns - 1] as number) + 1;
    this.reach = Math.min(Math.max(2 * used, LEAST_AT_ONCE), MOST_AT_ONCE);
    return rows > 0;
  }

  /** Goes to the next of the rows found. False: it was an empty line (of a file with one column), or is too long. */
  private take(): boolean {
    const { bytes, columns, from } = this;
    this.first = this.taken * columns;
    const lineEnd = this.base + (this.places[this.first + columns - 1] as number);
    this.from = this.at = lineEnd + 1;
    this.taken++;
    if (this.taken === this.rows) {
      this.lineEnds += this.lines;
      this.fromLine = this.lineEnds + 1;
    }
    const contentEnd = lineEnd - (lineEnd > from && bytes[lineEnd - 1] === CR ? 1 : 0);
    if (contentEnd === from) return false;
    if (contentEnd - from > this.longest()) return this.fail();
    this.start = from;
    this.contentEnd = contentEnd;
    this.end = lineEnd + 1;
    this.cells = columns;
    this.readable = true;
    return true;
  }
}
