import { HASH_BYTES, type Hash, nodeHash, sameHash } from './merkle.ts';

/** A tree as a checkpoint names it. */
export type TreeHead = { readonly size: number; readonly root: Hash };

/** Whether `proof` shows `leaf` (a leaf hash) to be entry `index` of the tree. RFC 9162 section 2.1.3.2. */
export function verifyInclusion(leaf: Hash, index: number, tree: TreeHead, proof: readonly Hash[]): boolean {
  if (!isCount(tree.size) || !isCount(index) || index >= tree.size) return false;
  if (![leaf, tree.root, ...proof].every(isHash)) return false;
  const path = new Path(index, tree.size - 1);
  let hash = leaf;
  for (const sibling of proof) {
    if (path.atTop) return false;
    hash = path.nextSibling() === 'left' ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    path.up();
  }
  return path.atTop && sameHash(hash, tree.root);
}

/** Whether `proof` shows the older tree to be the beginning of the newer one. RFC 9162 section 2.1.4.2. */
export function verifyConsistency(older: TreeHead, newer: TreeHead, proof: readonly Hash[]): boolean {
  if (!isCount(older.size) || !isCount(newer.size) || older.size < 1 || older.size > newer.size) return false;
  if (![older.root, newer.root, ...proof].every(isHash)) return false;
  if (older.size === newer.size) return proof.length === 0 && sameHash(older.root, newer.root);

  const path = new Path(older.size - 1, newer.size - 1);
  path.skipFullSubtrees();
  // An old tree that is one full subtree starts the proof with its own root, which is therefore not sent.
  const [start, ...siblings] = path.index === 0 ? [older.root, ...proof] : proof;
  if (start === undefined || proof.length === 0) return false;
  let old = start;
  let whole = start;
  for (const sibling of siblings) {
    if (path.atTop) return false;
    if (path.nextSibling() === 'left') {
      old = nodeHash(sibling, old);
      whole = nodeHash(sibling, whole);
    } else {
      whole = nodeHash(whole, sibling);
    }
    path.up();
  }
  return path.atTop && sameHash(old, older.root) && sameHash(whole, newer.root);
}

/** The way from a leaf to the root: `fn` and `sn` of RFC 9162. */
class Path {
  index: number;
  #last: number;

  constructor(index: number, last: number) {
    this.index = index;
    this.#last = last;
  }

  get atTop(): boolean {
    return this.#last === 0;
  }

  /** Rises to the level of the next sibling (a last node may have none on its own) and says on which side it is. */
  nextSibling(): 'left' | 'right' {
    if (this.index % 2 === 0 && this.index !== this.#last) return 'right';
    while (this.index % 2 === 0 && this.index !== 0) this.up();
    return 'left';
  }

  skipFullSubtrees(): void {
    while (this.index % 2 === 1) this.up();
  }

  up(): void {
    this.index = Math.floor(this.index / 2);
    this.#last = Math.floor(this.#last / 2);
  }
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
