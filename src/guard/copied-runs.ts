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

  /** Writes what is held back; to be called before the bytes are others, and before anything else is written. */
  finish(bytes: Buffer): void {
    if (this.end > this.start) this.output.copy(bytes, this.start, this.end);
    this.start = this.end = 0;
  }
}
