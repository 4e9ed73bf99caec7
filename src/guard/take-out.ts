import { createHash } from 'node:crypto';
import { NOBODY } from './decide-rows.ts';
import type { Spool } from './spool.ts';

const NOTE_BYTES = 8;
const NOTES_AT_ONCE = 8192;
const PIECE = 256 * 1024;

/** What is left after rows were taken out. */
export type TakenOut = {
  /** How many rows of each patient were taken out. */
  readonly rows: ReadonlyMap<number, number>;
  /** SHA-256 of what is left, in hexadecimal. */
  readonly digest: string;
};

/**
 * Takes the rows of some patients out of what a scan has written, in place and without reading the input again.
 *
 * @param rows what the scan wrote
 * @param notes for the header and each row, the patient's ordinal and the length in bytes
 * @param isOut whether the rows of the patient with this ordinal go
 */
export async function takeOut(
  rows: Spool,
  notes: Spool,
  isOut: (ordinal: number) => boolean,
): Promise<TakenOut> {
  const taken = new Map<number, number>();
  const moving = new Moving(rows);
  let notesKept = 0;
  for (let at = 0; at < notes.length; at += NOTES_AT_ONCE * NOTE_BYTES) {
    const block = Buffer.alloc(Math.min(NOTES_AT_ONCE * NOTE_BYTES, notes.length - at));
    await notes.read(block, at);
    let kept = 0;
    for (let note = 0; note < block.length; note += NOTE_BYTES) {
      const ordinal = block.readUInt32LE(note);
      const length = block.readUInt32LE(note + 4);
      if (ordinal !== NOBODY && isOut(ordinal)) {
        taken.set(ordinal, (taken.get(ordinal) ?? 0) + 1);
        await moving.leaveOut(length);
      } else {
        moving.keep(length);
        block.copy(block, kept, note, note + NOTE_BYTES);
        kept += NOTE_BYTES;
      }
    }
    await notes.overwrite(block.subarray(0, kept), notesKept);
    notesKept += kept;
  }
  await notes.truncate(notesKept);
  return { rows: taken, digest: await moving.finish() };
}

/** Moves what is kept of a spool towards its start, in long runs, digesting it on the way. */
class Moving {
  private readonly hash = createHash('sha256');
  private readonly piece = Buffer.alloc(PIECE);
  private runStart = 0;
  private runEnd = 0;
  private written = 0;

  constructor(private readonly spool: Spool) {}

  keep(length: number): void {
    this.runEnd += length;
  }

  async leaveOut(length: number): Promise<void> {
    await this.move();
    this.runStart = this.runEnd += length;
  }

  async finish(): Promise<string> {
    await this.move();
    await this.spool.truncate(this.written);
    return this.hash.digest('hex');
  }

  private async move(): Promise<void> {
    for (let at = this.runStart; at < this.runEnd; at += PIECE) {
      const bytes = this.piece.subarray(0, Math.min(PIECE, this.runEnd - at));
      await this.spool.read(bytes, at);
      this.hash.update(bytes);
      if (this.written !== at) await this.spool.overwrite(bytes, this.written);
      this.written += bytes.length;
    }
    this.runStart = this.runEnd;
  }
}
