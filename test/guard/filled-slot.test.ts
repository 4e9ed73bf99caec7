import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FilledSlot } from '../../src/guard/filled-slot.ts';

const SLOT = 40_000;
const source = Uint8Array.from({ length: 80_000 }, (_, n) => (n * 31 + (n >> 8)) % 256);

/** Pieces of the source by where they begin and how long they are: few bytes, many, and about as many as a slot takes. */
const pieces = fc.array(
  fc.tuple(
    fc.nat(30),
    fc.oneof(fc.nat(20), fc.integer({ min: 4090, max: 4110 }), fc.integer({ min: 1, max: SLOT + 20 })),
  ),
  { maxLength: 30 },
);

test('what it says stands in the slot is, in order, what was added, as far as there was room', () => {
  fc.assert(
    fc.property(pieces, (some) => {
      const slot = new Uint8Array(new SharedArrayBuffer(SLOT));
      const filled = new FilledSlot();
      const added: number[] = [];
      let isFull = false;
      for (const [start, length] of some) {
        const bytes = source.subarray(start, start + length);
        const taken = filled.add(slot, bytes);
        added.push(...bytes.subarray(0, taken));
        isFull = taken < length;
        if (isFull) break;
      }
      const bounds = filled.take();
      const there: number[] = [];
      let last = 0;
      for (let at = 0; at < bounds.length; at += 2) {
        const [start, end] = [bounds[at] as number, bounds[at + 1] as number];
        expect([start >= last, end > start, end <= SLOT]).toEqual([true, true, true]);
        last = end;
        there.push(...slot.subarray(start, end));
      }
      // At most the gap before a piece is left of one that is full.
      if (isFull) expect(last).toBeGreaterThan(SLOT - 8);
      expect(Buffer.from(there).equals(Buffer.from(added))).toBe(true);
      expect([filled.isEmpty, filled.take()]).toEqual([true, []]);
    }),
    { numRuns: 300 },
  );
});

test('many bytes begin in the slot where they began in a word, few follow what is there', () => {
  const slot = new Uint8Array(new SharedArrayBuffer(SLOT));
  const filled = new FilledSlot();
  filled.add(slot, source.subarray(3, 3 + 10));
  filled.add(slot, source.subarray(5, 5 + 20));
  filled.add(slot, source.subarray(16, 16 + 5000));
  filled.add(slot, source.subarray(17, 17 + 9000));
  expect(filled.take()).toEqual([0, 30, 32, 5032, 5033, 14_033]);
});
