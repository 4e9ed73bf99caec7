import { type Hash, largestPowerOfTwoBelow, rootOf } from './merkle.ts';

/**
 * The proof that leaf `index` is in the tree over `leaves` (leaf hashes): sibling hashes, from the leaf upward.
 * RFC 6962 section 2.1.1. Throws RangeError for an index outside the tree.
 */
export function inclusionProof(leaves: readonly Hash[], index: number): Hash[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`no entry ${index} in a tree of ${leaves.length}`);
  }
  if (leaves.length === 1) return [];
  const split = largestPowerOfTwoBelow(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return index < split
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - split), rootOf(left)];
}

/**
 * The proof that the tree over the first `size` leaves is the beginning of the tree over all of them.
 * RFC 6962 section 2.1.2. Throws RangeError unless 0 < size <= leaves.length.
 */
export function consistencyProof(leaves: readonly Hash[], size: number): Hash[] {
  if (!Number.isSafeInteger(size) || size < 1 || size > leaves.length) {
    throw new RangeError(`a tree of ${leaves.length} has no beginning of ${size}`);
  }
  return beginningProof(leaves, size, true);
}

/** `whole` is true while the left edge is the old tree itself, whose root the verifier has already. */
function beginningProof(leaves: readonly Hash[], size: number, whole: boolean): Hash[] {
  if (size === leaves.length) return whole ? [] : [rootOf(leaves)];
  const split = largestPowerOfTwoBelow(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return size <= split
    ? [...beginningProof(left, size, whole), rootOf(right)]
    : [...beginningProof(right, size - split, false), rootOf(left)];
}
