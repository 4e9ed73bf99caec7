import type { Account } from './membership.ts';

// Whose data left, as an account keeps it, in two columns of which either may be empty: a bitmap, which is small where
// most of a practice left, and a list of ordinals, which is small where few among many did. Whoever is in either is in
// the account, so that no byte of one can be taken for the other; accounts of before have no list.

/** Of a list: each ordinal has its most significant byte first, and they ascend, so that one is found by halving. */
export const ORDINAL_BYTES = 4;

type Kept = Pick<Account, 'members' | 'memberOrdinals'>;

/**
 * Keeps few members the shorter way.
 *
 * @param ordinals each once, ascending
 */
export function keepFew(ordinals: Int32Array): { members: Buffer; memberOrdinals: Buffer } {
  const bitmap = ((ordinals.at(-1) ?? -1) >> 3) + 1;
  if (ordinals.length * ORDINAL_BYTES < bitmap) {
    const list = Buffer.alloc(ordinals.length * ORDINAL_BYTES);
    for (let n = 0; n < ordinals.length; n++) list.writeUInt32BE(ordinals[n] as number, n * ORDINAL_BYTES);
    return { members: Buffer.alloc(0), memberOrdinals: list };
  }
  const members = Buffer.alloc(bitmap);
  for (let n = 0; n < ordinals.length; n++) add(members, ordinals[n] as number);
  return { members, memberOrdinals: Buffer.alloc(0) };
}

/** Everybody whose data left as one bitmap, however the account keeps them. */
export function bitmapOf({ members, memberOrdinals }: Kept): Uint8Array {
  if (memberOrdinals === null || memberOrdinals.length === 0) return members;
  const list = Buffer.from(memberOrdinals);
  if (list.length % ORDINAL_BYTES !== 0) throw new Error('An account holds a part of an ordinal');
  const ordinals = Array.from({ length: list.length / ORDINAL_BYTES }, (_, place) =>
    list.readUInt32BE(place * ORDINAL_BYTES),
  );
  const last = ordinals.reduce((most, ordinal) => Math.max(most, ordinal), 0);
  const bitmap = Buffer.alloc(Math.max(members.length, (last >>> 3) + 1));
  bitmap.set(members);
  for (const ordinal of ordinals) add(bitmap, ordinal);
  return bitmap;
}

function add(bitmap: Uint8Array, ordinal: number): void {
  const byte = ordinal >>> 3;
  bitmap[byte] = (bitmap[byte] as number) | (1 << (ordinal & 7));
}
