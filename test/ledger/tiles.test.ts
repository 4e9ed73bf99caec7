import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Hash, leafHash, rootOf } from '../../src/ledger/merkle.ts';
import { consistencyProof, inclusionProof } from '../../src/ledger/proofs.ts';
import { TileTree } from '../../src/ledger/tile-tree.ts';
import {
  entriesBytes,
  hasTile,
  readTile,
  readTilePath,
  TILE_WIDTH,
  type Tile,
  tileBytes,
  tileNumber,
  tilePath,
  tilesAt,
} from '../../src/ledger/tiles.ts';
import { type TreeHead, verifyConsistency, verifyInclusion } from '../../src/ledger/verify-proofs.ts';
import { TileBuilder } from './tile-builder.ts';

describe('the addresses of tiles', () => {
  test.each([
    [0, '000'],
    [67, '067'],
    [1067, 'x001/067'],
    [1234067, 'x001/x234/067'],
  ])('%i is %s, as in the specification', (index, number) => {
    expect(tileNumber(index)).toBe(number);
  });

  test('each is read back, and there is no other', () => {
    const index = fc.nat({ max: 10_000_000 });
    fc.assert(
      fc.property(
        fc.nat({ max: 5 }),
        index,
        fc.integer({ min: 1, max: TILE_WIDTH }),
        fc.boolean(),
        (level, at, width, entries) => {
          const tile = { level: entries ? 0 : level, index: at, width };
          expect(readTilePath(tilePath(tile, entries))).toEqual({ ...tile, entries });
        },
      ),
    );
    for (const path of [
      'tile/0/67',
      'tile/0/x000/067',
      'tile/00/067',
      'tile/0/067.p/256',
      'tile/0/067.p/0',
      'tile/0/067.p/05',
      'tile/0/067/',
      'tile/0/../067',
      'tile/entries',
      'tile/1.5/067',
      'TILE/0/067',
    ])
      expect(readTilePath(path), path).toBeUndefined();
  });

  test('a tree of 70,000 has the tiles of the specification', () => {
    const widths = [0, 1, 2].map((level) => [...tilesAt(level, 70_000)]);
    expect(widths.map((tiles) => [tiles.length, tiles.at(-1)?.width])).toEqual([
      [274, 112],
      [2, 17],
      [1, 1],
    ]);
    expect(hasTile({ level: 0, index: 273, width: 112 }, 70_000)).toBe(true);
    expect(hasTile({ level: 0, index: 273, width: 113 }, 70_000)).toBe(false);
    expect(hasTile({ level: 3, index: 0, width: 1 }, 70_000)).toBe(false);
  });

  test('bytes', () => {
    const hashes = [leafHash(Buffer.of(1)), leafHash(Buffer.of(2))];
    expect(readTile(tileBytes(hashes), 2)).toEqual(hashes);
    expect(readTile(tileBytes(hashes), 3)).toBeUndefined();
    expect(entriesBytes([Buffer.from('ab'), Buffer.alloc(0)]).toString('hex')).toBe('0002616200' + '00');
  });
});

/** All hashes of a level that leaves come to. */
function levelsOf(leaves: readonly Hash[]): Hash[][] {
  const levels = [[...leaves]];
  for (let below = levels[0] ?? []; below.length >= TILE_WIDTH; below = levels.at(-1) ?? []) {
    const next: Hash[] = [];
    for (let from = 0; from + TILE_WIDTH <= below.length; from += TILE_WIDTH)
      next.push(rootOf(below.slice(from, from + TILE_WIDTH)));
    levels.push(next);
  }
  return levels;
}

describe('a tree read from its tiles', () => {
  const data = Array.from({ length: 66_500 }, (_, n) => Buffer.from(String(n)));
  const all = data.map(leafHash);
  const levels = levelsOf(all);
  const read = async ({ level, index, width }: Tile) =>
    (levels[level] ?? []).slice(index * TILE_WIDTH, index * TILE_WIDTH + width);

  test('the builder comes to the same hashes', () => {
    const builder = new TileBuilder();
    for (const leaf of data)
      for (const { level, index, hash } of builder.append(leaf)) expect(hash).toEqual(levels[level]?.[index]);
  });

  test.each([1, 2, 255, 256, 257, 511, 3000])('of %i leaves has the same root and proofs', async (size) => {
    const leaves = all.slice(0, size);
    const tree = new TileTree(size, read);
    expect(await tree.root()).toEqual(rootOf(leaves));
    for (const index of new Set([0, size >> 1, size - 1, Math.floor(size / 3)]))
      expect(await tree.inclusionProof(index), `leaf ${index}`).toEqual(inclusionProof(leaves, index));
    for (const older of new Set([1, size >> 1 || 1, size, Math.max(1, size - 1), Math.ceil(size / 3)]))
      expect(await tree.consistencyProof(older), `from ${older}`).toEqual(consistencyProof(leaves, older));
  });

  test('of three levels has the same root, and proofs that hold', async () => {
    const [older, size] = [65_600, 66_500];
    const heads = [older, size].map((count) => ({ size: count, root: rootOf(all.slice(0, count)) }));
    const [before, now] = heads as [TreeHead, TreeHead];
    const tree = new TileTree(size, read);
    expect(await tree.root()).toEqual(now.root);
    for (const index of [0, 40_000, 65_535, 65_536, size - 1]) {
      const proof = await tree.inclusionProof(index);
      expect(verifyInclusion(all[index] as Hash, index, now, proof), `leaf ${index}`).toBe(true);
    }
    expect(verifyConsistency(before, now, await tree.consistencyProof(older))).toBe(true);
  });

  test('of any size, and from any size', async () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 2000 }), fc.nat());
    await fc.assert(
      fc.asyncProperty(sizes, async ([size, pick]) => {
        const leaves = all.slice(0, size);
        const tree = new TileTree(size, read);
        expect(await tree.inclusionProof(pick % size)).toEqual(inclusionProof(leaves, pick % size));
        expect(await tree.consistencyProof(1 + (pick % size))).toEqual(
          consistencyProof(leaves, 1 + (pick % size)),
        );
      }),
      { numRuns: 40 },
    );
  });
});
