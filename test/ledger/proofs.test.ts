import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Hash, leafHash, rootOf } from '../../src/ledger/merkle.ts';
import { consistencyProof, inclusionProof } from '../../src/ledger/proofs.ts';
import { verifyConsistency, verifyInclusion } from '../../src/ledger/verify-proofs.ts';
import { bytes, consistencyOf3With8, hex, inclusionOf5In8, leafHashes, roots } from './rfc6962-vectors.ts';

const leaves = leafHashes.map(bytes);
const head = (size: number) => ({ size, root: bytes(roots[size] ?? '') });
const flipped = (hash: Hash, bit: number) => {
  const other = Uint8Array.from(hash);
  other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return other;
};

/** A tree of up to 70 leaves, and two numbers to pick places in it. */
const tree = fc
  .integer({ min: 1, max: 70 })
  .map((size) => Array.from({ length: size }, (_, index) => leafHash(Uint8Array.of(index))));

describe('inclusion proofs', () => {
  test('equal the reference proof', () => {
    expect(inclusionProof(leaves, 5).map(hex)).toEqual(inclusionOf5In8);
    expect(verifyInclusion(bytes(leafHashes[5] ?? ''), 5, head(8), inclusionOf5In8.map(bytes))).toBe(true);
  });

  test('hold for every leaf, and for no other leaf, index, size, root or path', () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(), (given, pick, bit) => {
        const index = pick % given.length;
        const leaf = given[index] as Hash;
        const whole = { size: given.length, root: rootOf(given) };
        const proof = inclusionProof(given, index);
        expect(verifyInclusion(leaf, index, whole, proof)).toBe(true);

        expect(verifyInclusion(flipped(leaf, bit % 256), index, whole, proof)).toBe(false);
        expect(verifyInclusion(leaf, index + 1, whole, proof)).toBe(false);
        expect(verifyInclusion(leaf, index, { ...whole, root: flipped(whole.root, bit % 256) }, proof)).toBe(
          false,
        );
        expect(verifyInclusion(leaf, index, whole, [...proof, leaf])).toBe(false);
        for (const [at, hash] of proof.entries()) {
          expect(verifyInclusion(leaf, index, whole, proof.with(at, flipped(hash, bit % 256)))).toBe(false);
          expect(verifyInclusion(leaf, index, whole, proof.toSpliced(at, 1))).toBe(false);
        }
      }),
    );
  });

  test('are refused when a hash is not 32 bytes or a number is not a count', () => {
    const leaf = bytes(leafHashes[5] ?? '');
    const proof = inclusionOf5In8.map(bytes);
    expect(verifyInclusion(leaf.slice(1), 5, head(8), proof)).toBe(false);
    expect(verifyInclusion(leaf, 5, { size: 8, root: new Uint8Array() }, proof)).toBe(false);
    expect(verifyInclusion(leaf, 5, head(8), proof.with(0, new Uint8Array(31)))).toBe(false);
    expect(verifyInclusion(leaf, -1, head(8), proof)).toBe(false);
    expect(verifyInclusion(leaf, 5.5, head(8), proof)).toBe(false);
    expect(verifyInclusion(leaf, 5, { ...head(8), size: Number.NaN }, proof)).toBe(false);
    expect(() => inclusionProof(leaves, 8)).toThrow(RangeError);
    expect(() => inclusionProof(leaves, -1)).toThrow(RangeError);
  });
});

describe('consistency proofs', () => {
  test('equal the reference proof', () => {
    expect(consistencyProof(leaves, 3).map(hex)).toEqual(consistencyOf3With8);
    expect(verifyConsistency(head(3), head(8), consistencyOf3With8.map(bytes))).toBe(true);
  });

  test('hold for every beginning, and for no other root, size or path', () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(), (given, pick, bit) => {
        const size = (pick % given.length) + 1;
        const older = { size, root: rootOf(given.slice(0, size)) };
        const newer = { size: given.length, root: rootOf(given) };
        const proof = consistencyProof(given, size);
        expect(verifyConsistency(older, newer, proof)).toBe(true);

        expect(verifyConsistency({ ...older, root: flipped(older.root, bit % 256) }, newer, proof)).toBe(
          false,
        );
        expect(verifyConsistency(older, { ...newer, root: flipped(newer.root, bit % 256) }, proof)).toBe(
          false,
        );
        expect(verifyConsistency(older, newer, [...proof, older.root])).toBe(false);
        for (const [at, hash] of proof.entries()) {
          expect(verifyConsistency(older, newer, proof.with(at, flipped(hash, bit % 256)))).toBe(false);
          expect(verifyConsistency(older, newer, proof.toSpliced(at, 1))).toBe(false);
        }
      }),
    );
  });

  test('are refused for an empty, longer or unreadable older tree', () => {
    const proof = consistencyOf3With8.map(bytes);
    expect(verifyConsistency(head(0), head(8), [])).toBe(false);
    expect(verifyConsistency(head(8), head(3), proof)).toBe(false);
    expect(verifyConsistency({ size: 3, root: new Uint8Array(15) }, head(8), proof)).toBe(false);
    expect(verifyConsistency(head(4), head(8), [])).toBe(false);
    expect(() => consistencyProof(leaves, 0)).toThrow(RangeError);
    expect(() => consistencyProof(leaves, 9)).toThrow(RangeError);
  });
});
