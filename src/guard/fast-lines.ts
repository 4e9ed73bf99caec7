import { INVALID_NUMBER, nhsNumberKey } from '../patients/nhs-number.ts';
import { FIRST_LINE, findLines, jsonText, jsonWords, MOST_TEXT } from './json-kernel.ts';
import { KIND, STRING } from './json-kinds.ts';
import type { JsonTape } from './json-tape.ts';
import { LineScanner } from './lines.ts';

const LF = 0x0a;
const CR = 0x0d;

/**
 * {@link LineScanner} for lines of JSON, many at a time: a kernel finds them, and cuts those into values in which nothing is
 * out of the ordinary. Others, and the last one when it has no line end, are found and read byte by byte.
 */
export class FastLineScanner extends LineScanner {
  /** Whose bytes lie in the memory of the kernel. */
  private static current: FastLineScanner | undefined;

  /** The line's shape, the same for lines that differ in nothing but texts, numbers and literals; -1: not known. */
  shape = -1;
  /** Shapes are numbered anew whenever this changes. */
  numbering = 0;

  /** One after the last line end among the bytes in the memory of the kernel; -1 when they are not there. */
  private to = -1;
  /** Lines found and not taken yet. */
  private found = 0;
  private taken = 0;
  /** Where the kernel says what is in the line; 0: it was left out. */
  private values = 0;

  override push(chunk: Buffer): void {
    this.check();
    const rest = this.bytes.length - this.from;
    this.found = this.taken = 0;
    this.to = -1;
    if (rest + chunk.length > MOST_TEXT) {
      super.push(chunk);
      return;
    }
    this.bytes.copy(jsonText, 0, this.from);
    chunk.copy(jsonText, rest);
    FastLineScanner.current = this;
    this.bytes = jsonText.subarray(0, rest + chunk.length);
    this.at -= this.from;
    this.from = 0;
    const last = chunk.lastIndexOf(LF);
    this.to = last < 0 ? 0 : rest + last + 1;
  }

  /** Keeps what is left for the next chunk; to be called when there is no next line, before another scanner is used. */
  settle(): void {
    if (this.to < 0) return;
    this.bytes = Buffer.from(this.bytes.subarray(this.from));
    this.at -= this.from;
    this.from = 0;
    this.to = -1;
  }

  override next(): boolean {
    this.values = 0;
    this.shape = -1;
    if (this.to >= 0 && !this.fault && (this.begun || this.begin())) {
      this.check();
      while (this.taken < this.found || this.find()) {
        this.take();
        if (this.values > 0 || !this.isBlank()) return true;
      }
    }
    return super.next();
  }

  /** Reads the line: see {@link JsonTape.read}. */
  read(tape: JsonTape): boolean {
    if (this.values === 0) return tape.read(this.bytes, this.start, this.contentEnd);
    tape.take(this.bytes, jsonWords, this.values);
    return true;
  }

  /**
   * The key of the NHS number that a text of a line further on is, as nhsNumberKey() says, where that line has the shape of
   * this one; else INVALID_NUMBER, as for what is not written plainly.
   *
   * @param value the text's number on the tape
   * @param ahead which of the lines found that follow, from 0
   */
  keyAhead(value: number, ahead: number): number {
    const line = this.taken + ahead;
    const said = FIRST_LINE + 4 * line;
    if (line >= this.found || this.shape < 0 || jsonWords[said + 3] !== this.shape) return INVALID_NUMBER;
    const words = ((jsonWords[said + 1] as number) >> 2) + 4 * value;
    if (((jsonWords[words + 3] as number) & KIND) !== STRING) return INVALID_NUMBER;
    return nhsNumberKey(jsonText, (jsonWords[words] as number) + 1, (jsonWords[words + 1] as number) - 1);
  }

  /** One after the line feed of such a line. */
  endAhead(ahead: number): number {
    return jsonWords[FIRST_LINE + 4 * (this.taken + ahead)] as number;
  }

  /** How many of the lines found together were taken. */
  get place(): number {
    return this.taken;
  }

  /** Takes so many of the lines that follow, at least one: the last of them is the line now. */
  takeAhead(lines: number): void {
    const before = lines - 1;
    if (before > 0) this.from = this.endAhead(before - 1);
    this.taken += before;
    this.line += before;
    this.take();
  }

  private check(): void {
    if (this.to >= 0 && FastLineScanner.current !== this)
      throw new Error('Another scanner was used before settle()');
  }

  private find(): boolean {
    if (this.from >= this.to) return false;
    this.found = findLines(this.from, this.to);
    this.taken = 0;
    this.numbering++;
    return true;
  }

  /** Goes to the next of the lines found. Used with keyAhead(): else next() goes there. */
  take(): void {
    const said = FIRST_LINE + 4 * this.taken++;
    const end = jsonWords[said] as number;
    const lineEnd = end - 1;
    this.start = this.from;
    this.contentEnd = lineEnd > this.start && this.bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    this.from = this.at = this.end = end;
    this.line++;
    this.values = jsonWords[said + 2] === 0 ? 0 : (jsonWords[said + 1] as number) >> 2;
    this.shape = jsonWords[said + 3] as number;
  }
}
