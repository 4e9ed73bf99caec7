import { createHash, hash } from 'node:crypto';

/** A SHA-256 value: 32 bytes. */
export type Hash = Uint8Array;
export const HASH_BYTES = 32;

// What is hashed is put together in these, which no call keeps: a tree of a million leaves is three million hashes.
const LEAF = Buffer.alloc(1 + HASH_BYTES, 0);
const NODE = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/**
 * SHA-256 of bytes that are together. It comes as a text of 32 letters and is written into memory that many share: in
 * memory of its own each would cost three times as much, and the collector even more.
 */
export function sha256(bytes: Uint8Array): Hash {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');
}

/** SHA-256(0x00 || data): RFC 6962 section 2.1. */
export function leafHash(data: Uint8Array): Hash {
  if (data.length !== HASH_BYTES)
    return createHash('sha256').update(LEAF.subarray(0, 1)).update(data).digest();
  LEAF.set(data, 1);
  return sha256(LEAF);
}

/** SHA-256(0x01 || left || right). */
export function nodeHash(left: Hash, right: Hash): Hash {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES)
    throw new RangeError(`a hash has ${HASH_BYTES} bytes`);
  NODE.set(left, 1);
  NODE.set(right, 1 + HASH_BYTES);
  return sha256(NODE);
}

/** The root over the roots of full subtrees, largest first: each is joined to what is right of it. */
export function rootOfPeaks(peaks: readonly Hash[]): Hash {
  const last = peaks.at(-1);
  if (last === undefined) return emptyRoot();
  if (peaks.length === 1) return last;
  NODE.set(last, 1 + HASH_BYTES);
  for (let at = peaks.length - 2; at > 0; at -= 1) {
    NODE.set(peaks[at] as Hash, 1);
    NODE.write(hash('sha256', NODE, 'binary'), 1 + HASH_BYTES, 'latin1');
  }
  NODE.set(peaks[0] as Hash, 1);
  return sha256(NODE);
}

/** The root of a tree without leaves: SHA-256 of nothing. */
export function emptyRoot(): Hash {
  return createHash('sha256').digest();
}

/** The root over leaf hashes, as RFC 6962 defines it: split at the largest power of two below the count. */
export function rootOf(leaves: readonly Hash[]): Hash {
  const [first] = leaves;
  if (first === undefined) return emptyRoot();
  if (leaves.length === 1) return first;
  const split = largestPowerOfTwoBelow(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

/** For `count` of 2 or more: the largest power of two that is smaller. */
export function largestPowerOfTwoBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** Whether two hashes are the same 32 bytes. */
export function sameHash(one: Hash, other: Hash): boolean {
  return one.length === HASH_BYTES && Buffer.compare(one, other) === 0;
}
