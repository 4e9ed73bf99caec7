import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** So much is read at a time, in bytes. */
const BLOCK = 64 * 1024;

/** What some bytes of a file are: from which place on, and up to which; the next call may use the same memory. */
export type Block = { readonly bytes: Uint8Array; readonly from: number; readonly to: number };

const files = new FinalizationRegistry((file: number) => closeSync(file));

/**
 * Bytes that are too many to be in memory all the time, in a file that is unlinked as soon as it is open: it is gone with
 * whoever uses it, whatever happens to the process. Read and written at once, for whoever cannot wait: a block takes
 * microseconds where the system has it at hand.
 */
export class NamelessFile {
  private block: Block = { bytes: Buffer.alloc(BLOCK), from: 0, to: 0 };

  private constructor(
    private readonly file: number,
    readonly length: number,
  ) {
    files.register(this, file);
  }

  /** @returns undefined when the disk does not take them: then they have to stay where they are */
  static of(bytes: Uint8Array, folder: string): NamelessFile | undefined {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, randomUUID());
      const file = new NamelessFile(openSync(path, 'wx+', 0o600), bytes.length);
      unlinkSync(path);
      for (let at = 0; at < bytes.length; ) at += writeSync(file.file, bytes, at, bytes.length - at, at);
      return file;
    } catch {
      return undefined;
    }
  }

  /** The block in which a byte is. Throws when it cannot be read. */
  at(place: number): Block {
    const { bytes, from, to } = this.block;
    if (place >= from && place < to) return this.block;
    if (place >= this.length) throw new Error('A file is shorter than was thought');
    const start = place - (place % BLOCK);
    const end = Math.min(this.length, start + BLOCK);
    // Until it is whole, what is there is nothing.
    this.block = { bytes, from: 0, to: 0 };
    for (let done = 0; start + done < end; ) {
      const read = readSync(this.file, bytes, done, end - start - done, start + done);
      if (read === 0) throw new Error('A file is shorter than was written');
      done += read;
    }
    this.block = { bytes, from: start, to: end };
    return this.block;
  }
}
