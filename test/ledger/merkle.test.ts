import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Frontier } from '../../src/ledger/frontier.ts';
import { emptyRoot, leafHash, rootOf } from '../../src/ledger/merkle.ts';
import { bytes, entries, hex, leafHashes, roots } from './rfc6962-vectors.ts';

const entry = fc.uint8Array({ maxLength: 40 });

describe('the tree', () => {
  test('hashes leaves as RFC 6962 does', () => {
    expect(entries.map((text) => hex(leafHash(bytes(text))))).toEqual(leafHashes);
  });

  test('has the reference roots at every size, from leaves and from the right edge', () => {
    const frontier = Frontier.empty();
    expect(hex(emptyRoot())).toBe(roots[0]);
    expect(hex(frontier.root())).toBe(roots[0]);
    entries.forEach((text, index) => {
      expect(frontier.append(bytes(text))).toBe(index);
      expect(hex(frontier.root())).toBe(roots[index + 1]);
      expect(hex(rootOf(leafHashes.slice(0, index + 1).map(bytes)))).toBe(roots[index + 1]);
    });
  });
});

describe('the right edge', () => {
  test('gives the root of all leaves, wherever it was written down and read back', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 300 }), fc.nat(300), (given, pause) => {
        let frontier = Frontier.empty();
        for (const [index, data] of given.entries()) {
          if (index === pause) frontier = Frontier.fromBytes(frontier.size, frontier.toBytes());
          frontier.append(data);
        }
        expect(frontier.size).toBe(given.length);
        expect(hex(frontier.root())).toBe(hex(rootOf(given.map(leafHash))));
      }),
    );
  });

  test('stays small: one hash for each 1 in the size', () => {
    const frontier = Frontier.empty();
    for (let count = 0; count < 1000; count += 1) frontier.append(bytes('00'));
    expect(frontier.toBytes().length).toBe(6 * 32);
  });

  test('refuses bytes that do not fit the size', () => {
    const frontier = Frontier.empty();
    for (const text of entries.slice(0, 5)) frontier.append(bytes(text));
    const edge = frontier.toBytes();
    expect(() => Frontier.fromBytes(7, edge)).toThrow(RangeError);
    expect(() => Frontier.fromBytes(5, edge.slice(1))).toThrow(RangeError);
    expect(() => Frontier.fromBytes(-1, new Uint8Array())).toThrow(RangeError);
    expect(() => Frontier.fromBytes(1.5, edge)).toThrow(RangeError);
    expect(hex(Frontier.fromBytes(5, edge).root())).toBe(roots[5]);
  });
});
