import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aboutTen, type Size, sizeOf, tenthsOf } from '../../src/register/public-numbers.ts';

describe('the size that a release is told to have', () => {
  test.each<[count: number, before: Size | null, told: Size]>([
    [0, null, 'tens'],
    [99, null, 'tens'],
    [100, null, 'hundreds'],
    [9999, null, 'thousands'],
    [10_000, null, 'tens-of-thousands'],
    [2_000_000, null, 'millions'],
    // One row more or less at a limit does not show.
    [9999, 'tens-of-thousands', 'tens-of-thousands'],
    [10_000, 'thousands', 'thousands'],
    [101, 'tens', 'tens'],
    [98, 'hundreds', 'hundreds'],
    // Half of the least, or twice the most, does.
    [5000, 'tens-of-thousands', 'tens-of-thousands'],
    [4999, 'tens-of-thousands', 'thousands'],
    [19_999, 'thousands', 'thousands'],
    [20_000, 'thousands', 'tens-of-thousands'],
  ])('%i rows after %s: %s', (count, before, told) => {
    expect(sizeOf(count, before)).toBe(told);
  });

  test('four patients more or less, each with as many rows as one likes, never show unless all do', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 20_000 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 4 }),
        (patients, rows, objected) => {
          const before = sizeOf(patients * rows, null);
          expect(sizeOf((patients - objected) * rows, before)).toBe(before);
          expect(sizeOf((patients + objected) * rows, before)).toBe(before);
        },
      ),
    );
  });
});

describe('a count of patients', () => {
  test.each([
    [0, 'fewer than 10'],
    [1, 'fewer than 10'],
    [9, 'fewer than 10'],
    [10, 'about 10'],
    [14, 'about 10'],
    [15, 'about 20'],
    [314, 'about 310'],
    [315, 'about 320'],
  ])('%i is told as %s', (count, told) => {
    expect(aboutTen(count)).toBe(told);
  });

  // The rule itself: of what is told, and of the difference of two that are told, nothing says that it is one to four.
  test('what is told never leaves only one to four, nor does the difference of two', () => {
    const behind = new Map<string, number[]>();
    for (let count = 0; count < 500; count += 1)
      behind.set(aboutTen(count), [...(behind.get(aboutTen(count)) ?? []), count]);
    const isSmall = (number: number) => number >= 1 && number <= 4;
    for (const one of behind.values()) {
      expect(one.every(isSmall)).toBe(false);
      for (const other of behind.values()) {
        const differences = [(one[0] ?? 0) - (other.at(-1) ?? 0), (one.at(-1) ?? 0) - (other[0] ?? 0)];
        expect(differences.every(isSmall)).toBe(false);
      }
    }
  });
});

test.each<[count: number, list: number, share: string | null]>([
  [299, 299, null],
  [0, 300, 'fewer than 1 in 10'],
  [14, 300, 'fewer than 1 in 10'],
  [15, 300, 'about 1 in 10'],
  [210, 300, 'about 7 in 10'],
  [285, 300, 'more than 9 in 10'],
  [300, 300, 'more than 9 in 10'],
])('%i told of a list of %i: %s', (count, list, share) => {
  expect(tenthsOf(count, list)).toBe(share);
});
