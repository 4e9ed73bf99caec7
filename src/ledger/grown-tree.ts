import { Frontier } from './frontier.ts';
import { type Hash, rootOf } from './merkle.ts';
import { TILE_WIDTH } from './tiles.ts';

/** Over 256 leaves: the first level of tiles that is kept. */
const TILE_HEIGHT = 8;

/** The tree as it grows, entry by entry, with the root of every 256 leaves that it has taken in. */
export class GrownTree {
  /** Level 1 of the tiles, in order. */
  readonly tiles: Hash[];

  constructor(
    readonly frontier: Frontier = Frontier.empty(),
    tiles: readonly Hash[] = [],
  ) {
    this.tiles = [...tiles];
  }

  append(commitment: Uint8Array): void {
    this.frontier.append(commitment, (height, _, hash) => {
      // A copy: what it is a part of can then be let go of.
      if (height === TILE_HEIGHT) this.tiles.push(Uint8Array.from(hash));
    });
  }

  /** The hashes of every level of tiles, that of level 1 first. */
  *levels(): Generator<readonly Hash[]> {
    for (let level: readonly Hash[] = this.tiles; level.length > 0; ) {
      yield level;
      const below = level;
      level = Array.from({ length: Math.floor(below.length / TILE_WIDTH) }, (_, index) =>
        rootOf(below.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH)),
      );
    }
  }
}
