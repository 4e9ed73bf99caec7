import { CsvScanner } from './csv.ts';
import { type CsvKernel, MOST_AT_ONCE } from './csv-kernel.ts';
import { FoundRows, type RowShape } from './found-rows.ts';

const CR = 0x0d;
const LEAST_AT_ONCE = 1024;

/**
 * {@link CsvScanner}, many rows at a time: a kernel finds those that are whole and can be read, and what it does not
 * take (the header, a row that cannot be read, one of which the rest is still to come) goes byte by byte as there.
 * `line` is known only of those.
 *
 * Of the rows found, those that follow may also be taken many at once, with their NHS numbers: see `found` and takeTo().
 */
export class FastCsvScanner extends CsvScanner {
  /** What there is to know of the rows; to be set with `columns`, where they may be found many at a time. */
  shape: RowShape | undefined;
  found = new FoundRows();
  /** How many of them were taken. */
  taken = 0;
  /** The number of the record, when it was found so; else -1. */
  private shown = -1;
  /** How far to look. All that lies behind a bad row is in vain: so half as far after each, and again further after none. */
  private reach = LEAST_AT_ONCE;

  override cellStart(cell: number): number {
    return this.shown < 0 ? super.cellStart(cell) : this.found.cellStart(this.shown, cell);
  }

  override cellEnd(cell: number): number {
    if (this.shown < 0) return super.cellEnd(cell);
    return cell === this.cells - 1 ? this.contentEnd : this.found.cellEnd(this.shown, cell);
  }

  override next(): boolean {
    while (this.taken < this.found.count || this.find()) {
      if (this.take()) return true;
    }
    this.shown = -1;
    if (!super.next()) return false;
    // Of long rows nothing would be found, and so they would never be looked for.
    if (this.readable) this.reach = Math.max(this.reach, Math.min(4 * (this.end - this.start), MOST_AT_ONCE));
    return true;
  }

  /** Finds rows with another kernel, when all that were found were taken. */
  goOnWith(kernel: CsvKernel): void {
    if (this.taken < this.found.count) throw new Error('There are rows that were found and not taken');
    this.found = new FoundRows(kernel);
    this.taken = 0;
  }

  /** Takes the rows found before this one: the next record is this. */
  takeTo(row: number): void {
    const { found } = this;
    this.from = this.at = found.end(row - 1);
    this.taken = row;
    if (row < found.count) return;
    this.lineEnds += found.lines;
    this.fromLine = this.lineEnds + 1;
  }

  /** Makes a row found, which has a number, the record. */
  show(row: number): void {
    const { bytes, found } = this;
    this.shown = row;
    this.start = found.end(row - 1);
    this.end = found.end(row);
    const lineEnd = this.end - 1;
    this.contentEnd = lineEnd - (lineEnd > this.start && bytes[lineEnd - 1] === CR ? 1 : 0);
    this.cells = found.cells;
    this.readable = true;
  }

  private find(): boolean {
    const { bytes, from, shape, found } = this;
    this.taken = found.count = 0;
    if (shape === undefined || this.at !== from || this.fault) return false;
    const to = Math.min(bytes.length, from + this.reach);
    if (to === from) return false;
    found.find(bytes, from, to, shape);
    const used = found.end(found.count - 1) - from;
    const isGood = 2 * used >= to - from;
    this.reach = isGood
      ? Math.min(2 * this.reach, MOST_AT_ONCE)
      : Math.max(2 * used, this.reach >> 1, LEAST_AT_ONCE);
    return found.count > 0;
  }

  /** Takes the next of the rows found. False: it was an empty line, of a file with one column. */
  private take(): boolean {
    const row = this.taken;
    this.show(row);
    this.takeTo(row + 1);
    return this.contentEnd > this.start;
  }
}
