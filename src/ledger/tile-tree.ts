import { emptyRoot, type Hash, largestPowerOfTwoBelow, nodeHash, rootOf } from './merkle.ts';
import { hashesAt, TILE_WIDTH, type Tile } from './tiles.ts';

/** Gives the hashes of a tile, from wherever it is kept. Throws when it cannot be had. */
export type ReadTile = (tile: Tile) => Promise<readonly Hash[]>;

/** A tree of which only the tiles that a proof needs are read. It does not trust them: whoever has a root checks it. */
export class TileTree {
  readonly #tiles = new Map<string, Promise<readonly Hash[]>>();

  constructor(
    readonly size: number,
    private readonly read: ReadTile,
  ) {}

  async root(): Promise<Hash> {
    return this.size === 0 ? emptyRoot() : this.#rootOf(0, this.size);
  }

  /** RFC 6962 section 2.1.1, as `inclusionProof` makes it of all leaves. */
  async inclusionProof(index: number): Promise<Hash[]> {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.size)
      throw new RangeError(`no entry ${index} in a tree of ${this.size}`);
    const proof: Hash[] = [];
    for (let [from, to] = [0, this.size]; to - from > 1; ) {
      const split = from + largestPowerOfTwoBelow(to - from);
      proof.unshift(await (index < split ? this.#rootOf(split, to) : this.#rootOf(from, split)));
      if (index < split) to = split;
      else from = split;
    }
    return proof;
  }

  /** RFC 6962 section 2.1.2, as `consistencyProof` makes it of all leaves. */
  async consistencyProof(size: number): Promise<Hash[]> {
    if (!Number.isSafeInteger(size) || size < 1 || size > this.size)
      throw new RangeError(`a tree of ${this.size} has no beginning of ${size}`);
    const proof: Hash[] = [];
    let [from, to] = [0, this.size];
    while (size !== to) {
      const split = from + largestPowerOfTwoBelow(to - from);
      if (size <= split) {
        proof.unshift(await this.#rootOf(split, to));
        to = split;
      } else {
        proof.unshift(await this.#rootOf(from, split));
        from = split;
      }
    }
    // The old tree itself, when it is one of the full subtrees, is known to whoever checks.
    return from === 0 ? proof : [await this.#rootOf(from, to), ...proof];
  }

  /** The root over leaves `from` to `to` (excluded); `from` is a multiple of a power of two that holds them. */
  async #rootOf(from: number, to: number): Promise<Hash> {
    const count = to - from;
    if ((count & (count - 1)) === 0) return this.#subtree(from, count);
    const split = from + largestPowerOfTwoBelow(count);
    return nodeHash(await this.#rootOf(from, split), await this.#rootOf(split, to));
  }

  /** The root of a full subtree: within one tile, that of the level below which it has 256 hashes at most. */
  async #subtree(from: number, count: number): Promise<Hash> {
    let level = 0;
    while (TILE_WIDTH ** (level + 1) <= count) level += 1;
    const first = from / TILE_WIDTH ** level;
    const hashes = await this.#tile(level, Math.floor(first / TILE_WIDTH));
    const at = first % TILE_WIDTH;
    return rootOf(hashes.slice(at, at + count / TILE_WIDTH ** level));
  }

  #tile(level: number, index: number): Promise<readonly Hash[]> {
    const width = Math.min(TILE_WIDTH, hashesAt(level, this.size) - index * TILE_WIDTH);
    const key = `${level} ${index}`;
    const known = this.#tiles.get(key) ?? this.read({ level, index, width });
    this.#tiles.set(key, known);
    return known;
  }
}
