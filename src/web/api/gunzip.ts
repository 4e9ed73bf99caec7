import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BrokenInput } from '../../guard/release.ts';

const PIECE = 256 * 1024;
/** From here on, in bytes, what unpacks to more than this many times its size is an attack on the disk. */
const RATIO_COUNTS_FROM = 100_000_000;
const MOST_TIMES = 1000;

/** Unpacks gzip (also several members, one after the other). Throws BrokenInput for what is no whole gzip data. */
export async function* gunzip(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const unpacker = createGunzip({ chunkSize: PIECE });
  let sizeIn = 0;
  let sizeOut = 0;
  async function* counted() {
    for await (const chunk of packed) {
      sizeIn += chunk.length;
      yield chunk;
    }
  }
  pipeline(counted, unpacker, () => {
    // A failure shows where the unpacked pieces are read.
  });
  try {
    for await (const piece of unpacker) {
      sizeOut += piece.length;
      if (sizeOut > RATIO_COUNTS_FROM && sizeOut > MOST_TIMES * sizeIn) throw new BrokenInput('gzip-ratio');
      yield piece;
    }
  } catch (error) {
    throw error instanceof BrokenInput ? error : new BrokenInput('gzip-broken');
  }
  // What follows the last member was passed over, and nobody would notice that rows are missing.
  if (unpacker.bytesWritten !== sizeIn) throw new BrokenInput('gzip-broken');
}
