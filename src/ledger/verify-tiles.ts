import type { GrownTree } from './grown-tree.ts';
import type { ActRow, LedgerReader, Problem } from './ledger-reader.ts';
import { sameHash } from './merkle.ts';
import { hashesAt, TILE_WIDTH } from './tiles.ts';

/**
 * Holds the public tiles against the tree: each is what its leaves come to, and none is missing that the last published
 * checkpoint needs.
 *
 * @param published how many entries that checkpoint counts
 */
export async function verifyTiles(
  reader: Pick<LedgerReader<ActRow>, 'tiles'>,
  tree: GrownTree,
  published: number,
): Promise<Problem | undefined> {
  const levels = [...tree.levels()];
  const found: Set<number>[] = [];
  const at = (level: number, index: number) => (index + 1) * TILE_WIDTH ** level - 1;
  for await (const { level, index, hash } of reader.tiles()) {
    const name = `the public tile ${level} ${index}`;
    const expected = levels[level - 1]?.[index];
    if (expected === undefined) return { index: null, what: `${name} is of more entries than there are` };
    if (!sameHash(expected, hash))
      return { index: at(level, index), what: `${name} is not what its leaves come to` };
    found[level] ??= new Set();
    found[level]?.add(index);
  }
  for (let level = 1; hashesAt(level, published) > 0; level += 1)
    for (let index = 0; index < hashesAt(level, published); index += 1)
      if (found[level]?.has(index) !== true)
        return { index: at(level, index), what: `the public tile ${level} ${index} is missing` };
  return undefined;
}
