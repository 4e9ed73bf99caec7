import { HASH_BYTES, type Hash, leafHash, nodeHash, rootOfPeaks } from './merkle.ts';

/**
 * The right edge of a tree: the roots of its full subtrees, largest first, one for each 1 in the binary form of the
 * size. From it alone the next entry can be appended and the root computed, both in O(log n).
 */
export class Frontier {
  readonly #peaks: Hash[];
  #size: number;

  private constructor(size: number, peaks: Hash[]) {
    this.#size = size;
    this.#peaks = peaks;
  }

  static empty(): Frontier {
    return new Frontier(0, []);
  }

  /** Reads back what `toBytes` wrote for a tree of `size` leaves. Throws RangeError when the two do not fit. */
  static fromBytes(size: number, bytes: Uint8Array): Frontier {
    if (!Number.isSafeInteger(size) || size < 0 || bytes.length !== onesIn(size) * HASH_BYTES) {
      throw new RangeError(`a tree of ${size} entries does not have a right edge of ${bytes.length} bytes`);
    }
    const peaks: Hash[] = [];
    for (let at = 0; at < bytes.length; at += HASH_BYTES) peaks.push(bytes.slice(at, at + HASH_BYTES));
    return new Frontier(size, peaks);
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Adds the leaf for `data` (here: a commitment) and returns its index.
   *
   * @param filled is told of each subtree that the leaf completes, the smaller first: over `2^height` leaves, the
   *   `index`-th of its height
   */
  append(data: Uint8Array, filled?: (height: number, index: number, hash: Hash) => void): number {
    let hash = leafHash(data);
    let height = 0;
    // Adding one to the size carries over each trailing 1: each carry joins two full subtrees of one height.
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      const left = this.#peaks.pop();
      if (left === undefined) throw new RangeError('the right edge is shorter than the size says');
      hash = nodeHash(left, hash);
      height += 1;
      filled?.(height, (rest - 1) / 2, hash);
    }
    this.#peaks.push(hash);
    this.#size += 1;
    return this.#size - 1;
  }

  /** The root of the tree. */
  root(): Hash {
    return rootOfPeaks(this.#peaks);
  }

  /** The peaks one after the other, 32 bytes each; `fromBytes` reads them. */
  toBytes(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#peaks.length * HASH_BYTES);
    this.#peaks.forEach((peak, at) => {
      bytes.set(peak, at * HASH_BYTES);
    });
    return bytes;
  }
}

function onesIn(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
