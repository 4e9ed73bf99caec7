import { type CsvFault, MAX_RECORD_BYTES } from './csv-limits.ts';
import { Window } from './window.ts';

const LF = 0x0a;
const CR = 0x0d;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Cuts text into lines (LF or CRLF; optional byte order mark), however it arrives in chunks: as CsvScanner (csv.ts)
 * cuts CSV into records. Lines of nothing but space are passed over.
 */
export class LineScanner {
  /** The bytes in which the line lies: good, like all below, until the next call of push() or next(). */
  bytes: Buffer = Buffer.alloc(0);
  /** First byte of the line, one after its last, one after its line end; and its number, from 1. */
  start = 0;
  contentEnd = 0;
  end = 0;
  line = 0;
  hasBom = false;
  fault: CsvFault | undefined;

  protected begun = false;
  /** Where the next line begins. */
  protected from = 0;
  /** The next byte to look at: before it there is no line end. */
  protected at = 0;
  private readonly window = new Window();
  private finished = false;

  push(chunk: Buffer): void {
    this.bytes = this.window.append(this.bytes, this.from, chunk);
    this.at -= this.from;
    this.from = 0;
  }

  finish(): void {
    this.finished = true;
  }

  /** Goes to the next line. False: it needs more input, or there is none, or there is a fault. */
  next(): boolean {
    if (this.fault || !(this.begun || this.begin())) return false;
    for (;;) {
      const lineEnd = this.bytes.indexOf(LF, this.at);
      if (lineEnd < 0 && (!this.finished || this.from === this.bytes.length)) {
        this.at = this.bytes.length;
        if (this.at - this.from > MAX_RECORD_BYTES + 1) this.fault = 'record-too-long';
        return false;
      }
      this.start = this.from;
      this.end = lineEnd < 0 ? this.bytes.length : lineEnd + 1;
      const isCrlf = lineEnd > this.start && this.bytes[lineEnd - 1] === CR;
      this.contentEnd = lineEnd < 0 ? this.end : lineEnd - (isCrlf ? 1 : 0);
      this.from = this.at = this.end;
      this.line++;
      if (this.contentEnd - this.start > MAX_RECORD_BYTES) {
        this.fault = 'record-too-long';
        return false;
      }
      if (!this.isBlank()) return true;
    }
  }

  protected isBlank(): boolean {
    for (let at = this.start; at < this.contentEnd; at++) {
      const byte = this.bytes[at];
      if (byte !== 0x20 && byte !== 0x09 && byte !== CR) return false;
    }
    return true;
  }

  /** Passes over the byte order mark, once enough bytes are there to tell. */
  protected begin(): boolean {
    if (this.bytes.length < BOM.length && !this.finished) return false;
    this.begun = true;
    this.hasBom = this.bytes.subarray(0, BOM.length).equals(BOM);
    if (this.hasBom) this.at = this.from = BOM.length;
    return true;
  }
}
