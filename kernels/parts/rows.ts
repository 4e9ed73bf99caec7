// Finds rows in what marks.ts marked, and reads their NHS numbers.
import { MASKS } from './marks';
import { keyOf, NO_KEY } from './number';

/**
 * Finds the rows in what was marked, with the place of each separator.
 *
 * @param at the first byte of a row
 * @param columns how many cells a row has
 * @param column the one with NHS numbers, from 0; -1: none
 * @param out where to write, of each row, the key of its number, or NO_KEY, and the places of its separators, of which the
 *   last is its line end; the word before it gets the number of line feeds in the rows found, those inside quotes included
 * @returns the number of rows found
 */
export function rows(at: usize, masks: usize, blocks: u32, columns: u32, column: i32, out: usize): u32 {
  const count = out - 4;
  store<u32>(count, 0);
  let found: u32 = 0;
  let cell: u32 = 0;
  let lines: u32 = 0;
  let start = at;
  let row = out;
  for (; blocks > 0; blocks--) {
    let separators = load<u64>(masks);
    const ends = load<u64>(masks, 8);
    const feeds = load<u64>(masks, 16);
    for (; separators != 0; separators &= separators - 1) {
      const bit = ctz(separators);
      out += 4;
      store<u32>(out, <u32>at + <u32>bit);
      cell++;
      // The last separator of a row is its line end, and no other is.
      const isEnd = ((ends >> bit) & 1) != 0;
      if ((cell == columns) != isEnd) return found;
      if (!isEnd) continue;
      store<i32>(row, column < 0 ? NO_KEY : keyIn(row, column, start));
      store<u32>(count, lines + feedsBefore(feeds, bit));
      found++;
      cell = 0;
      start = at + <usize>bit + 1;
      out += 4;
      row = out;
    }
    lines += <u32>popcnt(feeds);
    masks += MASKS;
    at += 64;
  }
  return found;
}

/** The key in a column of a row, of which the places follow. */
// @ts-ignore: a decorator of the compiler
@inline
function keyIn(row: usize, column: u32, start: usize): i32 {
  const cell = row + 4 + column * 4;
  const from = column == 0 ? start : load<u32>(cell - 4) + 1;
  return load<u32>(cell) - from == 10 ? keyOf(from) : NO_KEY;
}

/** How many line feeds there are up to a bit. */
// @ts-ignore: a decorator of the compiler
@inline
export function feedsBefore(feeds: u64, bit: u64): u32 {
  return <u32>popcnt(feeds & (((<u64>2) << bit) - 1));
}
