// Writes what leaves of rows of which not all does.
import { makeReady, ofTen } from './hmac-sha-256';

const COMMA: u8 = 0x2c;
const RETURN: u8 = 0x0d;

// What leaves of a cell: all of it; of a day its month, or its year; or the name that stands for the row's number.
const KEEP: u32 = 0;
const MONTH: u32 = 1;
const YEAR: u32 = 2;
const NAME: u32 = 3;

/** A name is a letter, and 16 bytes in hexadecimal. */
const NAME_LENGTH: usize = 33;
const NAME_BYTES: usize = 16;
const NAME_LETTER: u8 = 0x70;
/** For the names of so many rows at a time memory is asked before the first is needed: in a large practice they lie far apart. */
const AHEAD: u32 = 32;

/**
 * Writes what leaves of some rows found by rows.ts: cells in the order of a plan, and the row's own line end. Ends
 * before a row of which a day is not plainly written `2024-05-06`: src/guard/row-writer.ts does the same for any.
 *
 * @param found where rows.ts wrote, with how many columns
 * @param plan of each cell that leaves, its column and what leaves of it, two words; a name stands for the row's number
 * @param chosen the numbers of the rows, ascending; each has a number of ten digits
 * @param ready where the key of the names is ready
 * @param names where the bytes of names are kept, or zeros, by ordinal; 0: nowhere
 * @param notes where they are kept, what known.ts wrote of each row
 * @param out where to write, which has room for all: of each row no more than its length, and NAME_LENGTH for each name
 * @param lengths where to write how many bytes each comes to
 * @returns how many of them were written
 */
export function project(
  found: usize,
  columns: u32,
  plan: usize,
  planned: u32,
  chosen: usize,
  count: u32,
  ready: usize,
  names: usize,
  notes: usize,
  out: usize,
  lengths: usize,
): u32 {
  const space = (columns + 1) * 4;
  const planEnd = plan + planned * 8;
  let asked: u32 = names == 0 ? count : 0;
  for (let done: u32 = 0; done < count; done++) {
    if (done == asked) {
      asked = min(done + AHEAD, count);
      // Written only so that it is read; the length of the row is written there next.
      store<u32>(lengths + (done << 2), askFor(names, notes + (done << 3), notes + (asked << 3)));
    }
    const number = load<u32>(chosen + (done << 2));
    const row = found + number * space;
    const start: u32 = number == 0 ? 0 : load<u32>(row - 4) + 1;
    const lineEnd = load<u32>(row + columns * 4);
    const contentEnd = lineEnd > start && load<u8>(lineEnd - 1) == RETURN ? lineEnd - 1 : lineEnd;
    let to = out;
    for (let cell = plan; cell < planEnd; cell += 8) {
      if (cell != plan) store<u8>(to++, COMMA);
      const column = load<u32>(cell);
      const what = load<u32>(cell, 4);
      const from = column == 0 ? start : load<u32>(row + column * 4) + 1;
      let length: u32 = (column + 1 == columns ? contentEnd : load<u32>(row + column * 4, 4)) - from;
      if (what == NAME) {
        if (names == 0) {
          ofTen(ready, from, to);
          writeName(to, v128.load(to));
        } else {
          const name = names + load<u32>(notes + (done << 3)) * NAME_BYTES;
          // If the bytes of a name should be zeros, it is made each time.
          if (!v128.any_true(v128.load(name))) ofTen(ready, from, name);
          writeName(to, v128.load(name));
        }
        to += NAME_LENGTH;
        continue;
      }
      if (what != KEEP && length > 0) {
        if (length != 10 || !isDay(from)) return done;
        length = what == MONTH ? 7 : 4;
      }
      copy(to, from, length);
      to += length;
    }
    copy(to, contentEnd, lineEnd + 1 - contentEnd);
    to += lineEnd + 1 - contentEnd;
    store<u32>(lengths + (done << 2), <u32>(to - out));
    out = to;
  }
  return count;
}

/** Reads of each name a part, one look not waiting for the other. */
function askFor(names: usize, notes: usize, end: usize): u32 {
  let all: u32 = 0;
  for (; notes < end; notes += 8) all += load<u32>(names + load<u32>(notes) * NAME_BYTES);
  return all;
}

/** Makes the key of the names ready: parts/hmac-sha-256.ts says what lies where. */
export function nameBy(key: usize, ready: usize): void {
  makeReady(key, ready);
}

/** Writes a name, as src/guard/treatments.ts says. */
// @ts-ignore: a decorator of the compiler
@inline
function writeName(to: usize, bytes: v128): void {
  const digits = i8x16(48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 97, 98, 99, 100, 101, 102);
  const high = i8x16.swizzle(digits, i8x16.shr_u(bytes, 4));
  const low = i8x16.swizzle(digits, v128.and(bytes, i8x16.splat(0x0f)));
  store<u8>(to, NAME_LETTER);
  v128.store(to, i8x16.shuffle(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), 1);
  v128.store(to, i8x16.shuffle(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 17);
}

/** Copies bytes, 16 at a time: up to 15 more are written behind them, and written over by what comes next. */
// @ts-ignore: a decorator of the compiler
@inline
function copy(to: usize, from: usize, length: usize): void {
  for (let at: usize = 0; at < length; at += 16) v128.store(to + at, v128.load(from + at));
}

/** Whether ten bytes are a day of the calendar, as `2024-05-06`. Not of the 31st, nor of the 29th of February: those are few. */
// @ts-ignore: a decorator of the compiler
@inline
function isDay(at: usize): bool {
  const digits = i8x16.sub(v128.load(at), i8x16.splat(0x30));
  if ((i8x16.bitmask(i8x16.le_u(digits, i8x16.splat(9))) & 0x3ff) != 0b1101101111) return false;
  if (load<u8>(at, 4) != 0x2d || load<u8>(at, 7) != 0x2d) return false;
  const month = <u32>i8x16.extract_lane_u(digits, 5) * 10 + i8x16.extract_lane_u(digits, 6);
  const day = <u32>i8x16.extract_lane_u(digits, 8) * 10 + i8x16.extract_lane_u(digits, 9);
  return month >= 1 && month <= 12 && day >= 1 && day <= <u32>(month == 2 ? 28 : 30);
}
