import { type Hash, leafHash, rootOf } from '../../src/ledger/merkle.ts';
import { TILE_WIDTH } from '../../src/ledger/tiles.ts';

/** Derives, leaf by leaf, the root of each tile that is filled. Holds one open tile a level. */
export class TileBuilder {
  readonly #open: Hash[][] = [];
  readonly #filled: number[] = [];

  /** Takes the next leaf's data, and gives the hashes that it completes: level 1 and, now and then, those above. */
  append(data: Uint8Array): { readonly level: number; readonly index: number; readonly hash: Hash }[] {
    const done: { level: number; index: number; hash: Hash }[] = [];
    let hash = leafHash(data);
    for (let level = 1; ; level += 1) {
      this.#open[level] ??= [];
      const below = this.#open[level] as Hash[];
      below.push(hash);
      if (below.length < TILE_WIDTH) return done;
      hash = rootOf(below);
      this.#open[level] = [];
      const index = this.#filled[level] ?? 0;
      this.#filled[level] = index + 1;
      done.push({ level, index, hash });
    }
  }
}
