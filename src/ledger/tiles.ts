import { HASH_BYTES, type Hash } from './merkle.ts';

/** A tile holds this many hashes (C2SP tlog-tiles): the roots over 256^level leaves each, one beside the other. */
export const TILE_WIDTH = 256;

/** Which tile, and how many of its hashes: fewer than 256 only at the right edge. */
export type Tile = { readonly level: number; readonly index: number; readonly width: number };

/** How many hashes of a level a tree has: the roots of its full subtrees of 256^level leaves. */
export function hashesAt(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** The tiles of one level in a tree, the last one partial when it is not full. */
export function* tilesAt(level: number, size: number): Generator<Tile> {
  const hashes = hashesAt(level, size);
  for (let index = 0; index * TILE_WIDTH < hashes; index += 1)
    yield { level, index, width: Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH) };
}

/** Whether a tree of so many leaves has all the hashes of a tile. */
export function hasTile({ level, index, width }: Tile, size: number): boolean {
  return width > 0 && index * TILE_WIDTH + width <= hashesAt(level, size);
}

/** `x001/x234/067` for 1234067: at most a thousand files in a folder. */
export function tileNumber(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  return groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
}

/** The path of a tile below the log's address; `entries` are what the hashes of level 0 are over. */
export function tilePath({ level, index, width }: Tile, entries = false): string {
  const partial = width === TILE_WIDTH ? '' : `.p/${width}`;
  return `tile/${entries ? 'entries' : level}/${tileNumber(index)}${partial}`;
}

const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Reads what `tilePath` writes, and nothing else: a tile has one address. */
export function readTilePath(path: string): (Tile & { readonly entries: boolean }) | undefined {
  const [, level = '', number = '', partial] = PATH.exec(path) ?? [];
  const entries = level === 'entries';
  const index = Number(number.replaceAll(/[x/]/g, ''));
  const tile = { level: entries ? 0 : Number(level), index, width: Number(partial ?? TILE_WIDTH) };
  return level !== '' && tilePath(tile, entries) === path ? { ...tile, entries } : undefined;
}

/** The bytes of a tile. */
export const tileBytes = (hashes: readonly Hash[]): Buffer => Buffer.concat(hashes);

/** The hashes in the bytes of a tile; undefined when it does not hold `width` of them. */
export function readTile(bytes: Uint8Array, width: number): Hash[] | undefined {
  if (bytes.length !== width * HASH_BYTES) return undefined;
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
}

/** The bytes of a tile of entries: each with its length in two bytes before it. */
export function entriesBytes(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}
