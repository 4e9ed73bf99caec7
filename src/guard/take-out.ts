import type { Reason } from './decide.ts';
import { MORE, NOBODY } from './decide-people.ts';
import { Digest } from './digest.ts';
import type { Spool } from './spool.ts';

const NOTE_BYTES = 8;
const NOTES_AT_ONCE = 8192;
const PIECE = 256 * 1024;

/** What is left after rows were taken out. */
export type TakenOut = {
  /** How many rows were taken out, by the reason of the first of their patients who had to go. */
  readonly reasons: ReadonlyMap<Reason, number>;
  /** The ordinals of everybody who is named in a row that is left. */
  readonly left: ReadonlySet<number>;
  /** SHA-256 of what is left, in hexadecimal. */
  readonly digest: string;
};

/**
 * Takes the rows of some patients out of what a scan has written, in place and without reading the input again.
 *
 * @param rows what the scan wrote
 * @param notes for the header and each row, as decide-people.ts writes them
 * @param gone the patients who may not leave, by ordinal: every row goes that names any of them
 */
export async function takeOut(
  rows: Spool,
  notes: Spool,
  gone: ReadonlyMap<number, Reason>,
): Promise<TakenOut> {
  const moving = new Moving(rows);
  try {
    return await takeOutOf(moving, notes, gone);
  } finally {
    moving.drop();
  }
}

async function takeOutOf(moving: Moving, notes: Spool, gone: ReadonlyMap<number, Reason>): Promise<TakenOut> {
  const reasons = new Map<Reason, number>();
  const left = new Set<number>();
  let notesKept = 0;
  /** The ordinals of the row whose notes are being read. */
  let row: number[] = [];
  for (let at = 0; at < notes.length; at += NOTES_AT_ONCE * NOTE_BYTES) {
    const block = Buffer.alloc(Math.min(NOTES_AT_ONCE * NOTE_BYTES, notes.length - at));
    await notes.read(block, at);
    const kept: number[] = [];
    for (let note = 0; note < block.length; note += NOTE_BYTES) {
      row.push(block.readUInt32LE(note));
      const length = block.readUInt32LE(note + 4);
      if (length === MORE) continue;
      const reason = reasonOf(row, gone);
      if (reason === undefined) {
        moving.keep(length);
        for (const ordinal of row) if (ordinal !== NOBODY) left.add(ordinal);
        for (const [place, ordinal] of row.entries())
          kept.push(ordinal, place === row.length - 1 ? length : MORE);
      } else {
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        await moving.leaveOut(length);
      }
      row = [];
    }
    // Never more than was read so far: notes are written over such as are no longer needed.
    const keptNotes = Buffer.alloc(kept.length * 4);
    for (const [place, value] of kept.entries()) keptNotes.writeUInt32LE(value, place * 4);
    await notes.overwrite(keptNotes, notesKept);
    notesKept += keptNotes.length;
  }
  await notes.truncate(notesKept);
  return { reasons, left, digest: await moving.finish() };
}

function reasonOf(row: readonly number[], gone: ReadonlyMap<number, Reason>): Reason | undefined {
  for (const ordinal of row) {
    const reason = ordinal === NOBODY ? undefined : gone.get(ordinal);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Moves what is kept of a spool towards its start, in long runs, digesting it on the way. */
class Moving {
  private readonly digest = new Digest();
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
    return this.digest.digest();
  }

  /** Lets go of the digest, also where it came to no end. */
  drop(): void {
    this.digest.drop();
  }

  private async move(): Promise<void> {
    for (let at = this.runStart; at < this.runEnd; at += PIECE) {
      const bytes = this.piece.subarray(0, Math.min(PIECE, this.runEnd - at));
      await this.spool.read(bytes, at);
      await this.digest.update(bytes);
      if (this.written !== at) await this.spool.overwrite(bytes, this.written);
      this.written += bytes.length;
    }
    this.runStart = this.runEnd;
  }
}
