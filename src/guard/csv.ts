import { type CsvFault, MAX_HEADER_BYTES, MAX_RECORD_BYTES } from './csv-limits.ts';
import { Window } from './window.ts';

const NUL = 0x00;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

// Where the scanner stands in a record. AFTER_QUOTE: behind a quote inside a quoted cell, which is its end or the
// first of two. AFTER_QUOTE_CR: behind a carriage return that may belong to the line end after a quoted cell.
const CELL_START = 0;
const BARE = 1;
const QUOTED = 2;
const AFTER_QUOTE = 3;
const AFTER_QUOTE_CR = 4;

/**
 * Cuts CSV (RFC 4180; LF, CRLF or both; optional byte order mark) into records, however it arrives in chunks.
 * Give it a chunk with push(), take records with next() until that says false, and so on; after the last chunk call
 * finish() and take the rest. The first record is the header: set `columns` when it has been read.
 *
 * A quote inside a bare cell, text after a closing quote, a NUL or a wrong number of cells spoil only their record,
 * which ends at the next line end outside quotes. A lone carriage return ends nothing. Empty lines are passed over.
 */
export class CsvScanner {
  /** The bytes in which the record lies: good, like all below, until the next call of push() or next(). */
  bytes: Buffer = Buffer.alloc(0);
  /** First byte of the record, one after its last, one after its line end. */
  start = 0;
  contentEnd = 0;
  end = 0;
  /** The number of its cells, whether it can be read, and the line of the input, from 1, in which it begins. */
  cells = 0;
  readable = true;
  line = 0;
  /** How many cells each row must have; 0 until the header was read. */
  columns = 0;
  hasBom = false;
  fault: CsvFault | undefined;

  /** Ends of the cells but the last, counted from the start of the record. */
  private cellEnds = new Int32Array(0);
  private readonly window = new Window();
  private begun = false;
  private finished = false;
  /** The record that is being scanned: its first byte and line, the next byte to look at, what is known so far. */
  protected from = 0;
  protected fromLine = 1;
  protected at = 0;
  private state = CELL_START;
  private commas = 0;
  protected lineEnds = 0;
  private spoilt = false;

  /** First byte of a cell of the record; 0 is the first cell. */
  cellStart(cell: number): number {
    return cell === 0 ? this.start : this.start + (this.cellEnds[cell - 1] as number) + 1;
  }

  /** One after the last byte of a cell. */
  cellEnd(cell: number): number {
    return cell === this.cells - 1 ? this.contentEnd : this.start + (this.cellEnds[cell] as number);
  }

  /** Adds a chunk behind what is left of the ones before. */
  push(chunk: Buffer): void {
    this.bytes = this.window.append(this.bytes, this.from, chunk);
    this.at -= this.from;
    this.from = 0;
  }

  /** Says that there are no more chunks. */
  finish(): void {
    this.finished = true;
  }

  /** Goes to the next record. False: it needs more input, or there is none, or there is a fault. */
  next(): boolean {
    if (this.fault || !(this.begun || this.begin())) return false;
    if (this.columns === 0) this.makeRoom();
    const { bytes, cellEnds } = this;
    const length = bytes.length;
    const kept = this.columns === 0 ? cellEnds.length : this.columns;
    let { from, at, state, commas } = this;
    while (at < length) {
      if (state <= BARE) {
        // Nearly everything is text of bare cells and the commas between: all the speed is in this loop.
        const before = at;
        for (; at < length; at++) {
          const byte = bytes[at] as number;
          if (byte > COMMA || byte === SPACE) continue;
          if (byte !== COMMA) break;
          if (commas < kept) cellEnds[commas] = at - from;
          commas++;
        }
        if (at > before) state = bytes[at - 1] === COMMA ? CELL_START : BARE;
        if (at === length) break;
      } else if (state === QUOTED) {
        at = this.findQuote(at);
        if (at === length) break;
        at++;
        state = AFTER_QUOTE;
        continue;
      }
      const byte = bytes[at++] as number;
      if (byte === LF) {
        this.lineEnds++;
        const contentEnd = at - (at - 2 >= from && bytes[at - 2] === CR ? 2 : 1);
        if (contentEnd > from) return this.record(contentEnd, at, commas);
        this.from = from = at;
        this.fromLine = this.lineEnds + 1;
        state = CELL_START;
      } else if (byte === COMMA) {
        if (state === AFTER_QUOTE_CR) this.spoilt = true;
        if (commas < kept) cellEnds[commas] = at - 1 - from;
        commas++;
        state = CELL_START;
      } else if (byte === QUOTE && (state === CELL_START || state === AFTER_QUOTE)) state = QUOTED;
      else if (byte === CR && state === AFTER_QUOTE) state = AFTER_QUOTE_CR;
      else {
        if (state > QUOTED || byte === QUOTE || byte === NUL) this.spoilt = true;
        state = BARE;
      }
    }
    this.at = at;
    this.state = state;
    this.commas = commas;
    return this.stop();
  }

  /** The header may have as many cells as bytes; the rows have no more than it has. */
  private makeRoom(): void {
    const most = Math.min(this.commas + this.bytes.length - this.at, MAX_HEADER_BYTES);
    if (most <= this.cellEnds.length) return;
    const { cellEnds } = this;
    this.cellEnds = new Int32Array(most);
    this.cellEnds.set(cellEnds);
  }

  /** The next quote from here on, or the end of the bytes. */
  private findQuote(from: number): number {
    const { bytes } = this;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte > QUOTE) continue;
      if (byte === QUOTE) return at;
      if (byte === LF) this.lineEnds++;
      else if (byte === NUL) this.spoilt = true;
    }
    return bytes.length;
  }

  /** Passes over the byte order mark, once enough bytes are there to tell. */
  private begin(): boolean {
    const { bytes } = this;
    if (bytes.length < BOM.length && !this.finished) return false;
    this.begun = true;
    this.hasBom = bytes.subarray(0, BOM.length).equals(BOM);
    if (this.hasBom) this.at = this.from = BOM.length;
    return true;
  }

  private record(contentEnd: number, end: number, commas: number): boolean {
    if (contentEnd - this.from > this.longest()) return this.fail();
    this.start = this.from;
    this.contentEnd = contentEnd;
    this.end = end;
    this.cells = commas + 1;
    this.readable = !this.spoilt && (this.columns === 0 || this.cells === this.columns);
    this.line = this.fromLine;
    this.from = this.at = end;
    this.fromLine = this.lineEnds + 1;
    this.state = CELL_START;
    this.commas = 0;
    this.spoilt = false;
    return true;
  }

  /** At the end of the bytes: of the whole input, or of what there is of it (one more may be a carriage return). */
  private stop(): boolean {
    const length = this.bytes.length - this.from;
    if (length > this.longest() + 1) return this.fail();
    if (!this.finished || length === 0) return false;
    if (this.state === QUOTED) return this.fail('unclosed-quote');
    if (this.state === AFTER_QUOTE_CR) this.spoilt = true;
    return this.record(this.bytes.length, this.bytes.length, this.commas);
  }

  protected longest(): number {
    return this.columns === 0 ? MAX_HEADER_BYTES : MAX_RECORD_BYTES;
  }

  protected fail(fault: CsvFault = this.columns === 0 ? 'header-too-long' : 'record-too-long'): boolean {
    this.fault = fault;
    return false;
  }
}
