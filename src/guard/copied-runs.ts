import type { ChosenRows } from './chosen-rows.ts';
import type { FoundRows } from './found-rows.ts';
import type { Output } from './output.ts';

/** Writes bytes as they came: those that follow each other are copied together. */
export class CopiedRuns {
  private start = 0;
  private end = 0;

  constructor(private readonly output: Output) {}

  /** @param bytes the same from one finish() to the next */
  add(bytes: Buffer, start: number, end: number): void {
    if (start !== this.end) {
      this.finish(bytes);
      this.start = start;
    }
    this.end = end;
  }

  /** The same for the rows that were chosen of those found, whole. */
  addChosen(bytes: Buffer, found: FoundRows, { runs, runCount }: ChosenRows): void {
    for (let run = 0; run < runCount; run++) {
      const [first, end] = [runs[2 * run] as number, runs[2 * run + 1] as number];
      this.add(bytes, found.end(first - 1), found.end(end - 1));
    }
  }

  /** Writes what is held back; to be called before the bytes are others, and before anything else is written. */
  finish(bytes: Buffer): void {
    if (this.end > this.start) this.output.copy(bytes, this.start, this.end);
    this.start = this.end = 0;
  }
}
