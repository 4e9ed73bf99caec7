// Finds rows of which no more has to be known than their NHS number.
import { MASKS } from './marks';
import { keyOf, NO_KEY } from './number';
import { feedsBefore } from './rows';

/**
 * Finds the rows in what was marked as rows.ts does, where no more has to be known of them than their NHS number.
 *
 * @param column the one with NHS numbers, from 0
 * @param out where to write, of each row: the key of its number, or NO_KEY; the first byte of the number's cell; the
 *   place behind it; that of the line end; the word before it as there
 * @returns the number of rows found
 */
export function lines(at: usize, masks: usize, blocks: u32, columns: u32, column: u32, out: usize): u32 {
  const count = out - 4;
  store<u32>(count, 0);
  let found: u32 = 0;
  // Separators of the row so far, where the cell begins and ends, and the line feeds.
  let cells: u32 = 0;
  let from: u32 = <u32>at;
  let end: u32 = 0;
  let feedsSoFar: u32 = 0;
  for (; blocks > 0; blocks--) {
    let separators = load<u64>(masks);
    let ends = load<u64>(masks, 8);
    const feeds = load<u64>(masks, 16);
    for (;;) {
      // Those of the row: up to its line end, or all that are left.
      const isEnd = ends != 0;
      const own = isEnd ? separators & (ends ^ (ends - 1)) : separators;
      const more = <u32>popcnt(own);
      // The number stands between the separators of the row with these numbers, from 1.
      if (cells < column && column <= cells + more) from = <u32>at + <u32>nth(own, column - cells) + 1;
      if (cells <= column && column < cells + more) end = <u32>at + <u32>nth(own, column + 1 - cells);
      cells += more;
      if (!isEnd) break;
      if (cells != columns) return found;
      const bit = ctz(ends);
      store<i32>(out, end - from == 10 ? keyOf(from) : NO_KEY);
      store<u32>(out, from, 4);
      store<u32>(out, end, 8);
      store<u32>(out, <u32>at + <u32>bit, 12);
      store<u32>(count, feedsSoFar + feedsBefore(feeds, bit));
      out += 16;
      found++;
      cells = 0;
      from = <u32>at + <u32>bit + 1;
      separators &= ~own;
      ends &= ends - 1;
    }
    feedsSoFar += <u32>popcnt(feeds);
    masks += MASKS;
    at += 64;
  }
  return found;
}

/** The place of the nth of the bits that are set, from 1. */
// @ts-ignore: a decorator of the compiler
@inline
function nth(bits: u64, n: u32): u64 {
  let left = bits;
  for (; n > 1; n--) left &= left - 1;
  return ctz(left);
}
