import { createHash, hash } from 'node:crypto';

/** What is shorter, in bytes, is put together first: to begin a digest and to add to it costs more than to copy. */
const LITTLE = 64 * 1_024;

/** Used again and again; no call keeps it. */
let room = Buffer.alloc(4_096);

/** SHA-256 over bytes and texts (in UTF-8) one after the other, in hexadecimal. */
export function digestOf(pieces: readonly (Uint8Array | string)[]): string {
  let most = 0;
  for (const piece of pieces) most += typeof piece === 'string' ? 3 * piece.length : piece.length;
  if (most > LITTLE) {
    const digest = createHash('sha256');
    for (const piece of pieces) digest.update(piece);
    return digest.digest('hex');
  }
  if (room.length < most) room = Buffer.alloc(most);
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') at += room.write(piece, at, 'utf8');
    else {
      room.set(piece, at);
      at += piece.length;
    }
  }
  return hash('sha256', room.subarray(0, at), 'hex');
}
