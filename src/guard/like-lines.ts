import type { FastLineScanner } from './fast-lines.ts';
import { FoundRows } from './found-rows.ts';
import type { KnowingKernel } from './knowing-kernel.ts';

/** Lines that follow each other, are alike and have a number each, as rows that a kernel decides by what it knows. */
export class LikeLines {
  readonly rows: FoundRows;
  // What they were found by, and how many lines were taken before the first of them.
  private numbering = -1;
  private shape = -1;
  private value = -1;
  private first = 0;

  constructor(
    kernel: KnowingKernel,
    private readonly lines: FastLineScanner,
  ) {
    this.rows = new FoundRows(kernel);
  }

  /**
   * Has the lines that follow the scanner's and are like it. They are read once, though a stranger stands between them.
   *
   * @param value the number's place on the tape
   * @returns which of the rows comes next
   */
  next(value: number): number {
    if (!this.hasNext(value)) this.find(value);
    return this.lines.place - this.first;
  }

  private hasNext(value: number): boolean {
    const { numbering, shape, place } = this.lines;
    const isSame = this.numbering === numbering && this.shape === shape && this.value === value;
    return isSame && place < this.first + this.rows.count;
  }

  private find(value: number): void {
    const { lines, rows } = this;
    rows.begin(lines.end);
    for (let ahead = 0; ; ahead++) {
      const key = lines.keyAhead(value, ahead);
      if (key < 0) break;
      rows.add(key, lines.endAhead(ahead));
    }
    this.numbering = lines.numbering;
    this.shape = lines.shape;
    this.value = value;
    this.first = lines.place;
  }
}
