import { Frontier } from './frontier.ts';
import { GrownTree } from './grown-tree.ts';
import type { JsonObject } from './jcs.ts';
import { HASH_BYTES } from './merkle.ts';

/** Rises when what a mark keeps changes: one of an older app fits no more, and the whole log is verified again. */
export const MARK_FORMAT = 2;

/**
 * What a check that found everything right keeps, so that the next one need not begin at the first entry. It is only
 * worth something sealed: whoever can write one can say that anything was verified.
 */
export type Mark = {
  readonly format: number;
  /** How many entries were verified, and the right edge of their tree, in base64. */
  readonly size: number;
  readonly frontier: string;
  /** The roots over every 256 leaves, one after the other, in base64. */
  readonly tiles: string;
  /** How many patients there were, and a digest over their ids in the order of ordinals. */
  readonly patients: JsonObject;
  /** What the replay of the entries had come to, by the name of its part. */
  readonly replayed: JsonObject;
  /** When the whole log was last verified, in UTC. */
  readonly wholeAt: string;
};

export function treeOf({ size, frontier, tiles }: Pick<Mark, 'size' | 'frontier' | 'tiles'>): GrownTree {
  const hashes = Buffer.from(tiles, 'base64');
  return new GrownTree(
    Frontier.fromBytes(size, Buffer.from(frontier, 'base64')),
    Array.from({ length: hashes.length / HASH_BYTES }, (_, at) =>
      hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
    ),
  );
}

/** The tree in the form of a mark. */
export const keptTree = ({ frontier, tiles }: GrownTree): Pick<Mark, 'size' | 'frontier' | 'tiles'> => ({
  size: frontier.size,
  frontier: Buffer.from(frontier.toBytes()).toString('base64'),
  tiles: Buffer.concat(tiles).toString('base64'),
});
