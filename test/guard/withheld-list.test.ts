import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasons } from '../../src/guard/decide.ts';
import {
  encodeWithheld,
  headSlice,
  isSliced,
  placeSlice,
  reasonIn,
  type Slice,
  stretchSlice,
  withheldOf,
} from '../../src/guard/withheld-list.ts';

const cut = (bytes: Uint8Array, { from, length }: Slice) => bytes.subarray(from, from + length);

/** What a look at one patient reads of a list, slice by slice, and what it says. */
function look(list: Uint8Array, ordinal: number) {
  const head = cut(list, headSlice);
  const place = cut(list, placeSlice(ordinal));
  const slice = stretchSlice(head, place, ordinal);
  const stretch = slice ? cut(list, slice) : new Uint8Array();
  return {
    reason: slice ? reasonIn(stretch, ordinal) : null,
    read: head.length + place.length + stretch.length,
  };
}

/** A code for each of so many patients, by chance and always the same: `shares` of a hundred have each reason. */
function codesOf(size: number, shares: Readonly<Record<string, number>>): Uint8Array {
  let state = 20261128;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32) * 100;
  };
  const entries = Object.entries(shares);
  return Uint8Array.from({ length: size }, () => {
    let left = next();
    for (const [reason, share] of entries) {
      if (left < share) return (reasons as readonly string[]).indexOf(reason) + 1;
      left -= share;
    }
    return 0;
  });
}

describe('the list of those withheld', () => {
  it('gives back everybody with the reason, all at once and one by one', () => {
    const sparse = fc.record({
      size: fc.integer({ min: 1, max: 40_000 }),
      held: fc.array(fc.record({ at: fc.nat(39_999), code: fc.integer({ min: 1, max: reasons.length }) }), {
        maxLength: 60,
      }),
    });
    fc.assert(
      fc.property(sparse, fc.array(fc.nat(70_000), { maxLength: 20 }), ({ size, held }, asked) => {
        const codes = new Uint8Array(size);
        for (const { at, code } of held) if (at < size) codes[at] = code;
        const list = encodeWithheld(codes);
        const expected = [...codes].flatMap((code, ordinal) =>
          code === 0 ? [] : [{ ordinal, reason: reasons[code - 1] }],
        );
        expect([...withheldOf(list)]).toEqual(expected);
        for (const ordinal of [...asked, ...held.map(({ at }) => at)])
          expect(look(list, ordinal).reason).toBe(reasons[(codes[ordinal] ?? 0) - 1] ?? null);
      }),
      { numRuns: 60 },
    );
  });

  it('is nothing when nobody was withheld', () => {
    expect(encodeWithheld(new Uint8Array(20_000))).toHaveLength(0);
    expect([...withheldOf(new Uint8Array())]).toEqual([]);
  });

  it('is read as accounts of before have it', () => {
    const before = Buffer.from([0, 0, 0, 2, 5, 0, 1, 0, 0, 9]);
    expect([...withheldOf(before)]).toEqual([
      { ordinal: 2, reason: 'objected-type-1' },
      { ordinal: 65_536, reason: 'left-practice' },
    ]);
    expect(isSliced(before)).toBe(false);
  });

  it('refuses a code that it has no room for', () => {
    expect(() => encodeWithheld(Uint8Array.of(16))).toThrow('no room');
  });
});

describe('a release of 500,000 patients', () => {
  const SIZE = 500_000;
  const members = SIZE / 8;

  it.each([
    ['as usual', { 'objected-type-1': 5, 'objected-type-2': 3, 'left-practice': 2, restricted: 0.1 }],
    [
      'with many who left',
      { 'left-practice': 30, 'objected-type-1': 12, 'objected-type-2': 3, ambiguous: 0.5 },
    ],
    ['with hardly anybody permitted', { 'no-consent': 90, 'objected-type-1': 6, 'left-practice': 2 }],
  ])('costs less than 200 kB, %s, and a look at one patient reads less than 8 kB', (_, shares) => {
    const codes = codesOf(SIZE, shares);
    const list = encodeWithheld(codes);
    expect(members + list.length).toBeLessThan(200_000);
    for (let ordinal = 0; ordinal < SIZE; ordinal += 9_973) {
      const { reason, read } = look(list, ordinal);
      expect(reason).toBe(reasons[(codes[ordinal] ?? 0) - 1] ?? null);
      expect(read).toBeLessThan(8_000);
    }
  });

  it('in the worst case that there can be, a look still reads less than 8 kB', () => {
    const even = Object.fromEntries(reasons.map((reason) => [reason, 100 / (reasons.length + 1)]));
    expect(look(encodeWithheld(codesOf(100_000, even)), 5_000).read).toBeLessThan(8_000);
  });
});
