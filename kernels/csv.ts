// Finds the whole rows of a CSV file in memory, 64 bytes at a time, and reads their NHS numbers: src/guard/csv-kernel.ts says
// what for; src/guard/csv.ts, which does the same byte by byte, what a row is, and src/patients/nhs-number.ts what a number
// is. Each u64 below holds a bit for each of 64 bytes, the first of them lowest. A row is found only when there is nothing in
// it that could be read in two ways; the first that is otherwise ends the work, and is left to csv.ts.
import { makeReady, ofTen } from './parts/hmac-sha-256';

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const LINE_FEED: u8 = 0x0a;
const RETURN: u8 = 0x0d;
const NUL: u8 = 0x00;
const ALL: u64 = u64.MAX_VALUE;

/** In the place of the key of what is not plainly a valid number: to be looked at by somebody else. */
const NO_KEY: i32 = -1;

/** Where the 64 bytes from `at` on are this one. */
// @ts-ignore: a decorator of the compiler
@inline
function where(at: usize, byte: u8): u64 {
  const these = i8x16.splat(byte);
  return (
    <u64>i8x16.bitmask(i8x16.eq(v128.load(at), these)) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 16), these))) << 16) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 32), these))) << 32) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 48), these))) << 48)
  );
}

/** For each byte whether an odd number of these is before or at it. */
// @ts-ignore: a decorator of the compiler
@inline
function oddSoFar(these: u64): u64 {
  let odd = these ^ (these << 1);
  odd ^= odd << 2;
  odd ^= odd << 4;
  odd ^= odd << 8;
  odd ^= odd << 16;
  return odd ^ (odd << 32);
}

/** Of each 64 bytes: where separators are (commas between cells, and line ends), where those are line ends, where line feeds. */
const MASKS: usize = 3 * 8;

/**
 * Marks the bytes, as far as they can be read in one way only.
 *
 * @param at the first byte of a row
 * @param to one after the last byte to look at; at least 64 more have to be there
 * @param masks where to write the masks of each 64 bytes
 * @returns of how many times 64 bytes there are masks; in the last of them is nothing from the first bad byte on
 */
export function marks(at: usize, to: usize, masks: usize): u32 {
  let blocks: u32 = 0;
  // What the last of the 64 bytes before was, as bit 0; `wasInside` as all bits. A row begins where a cell may begin.
  let wasSeparator: u64 = 1;
  let wasInside: u64 = 0;
  let wasQuote: u64 = 0;
  let wasClosing: u64 = 0;
  let wasReturn: u64 = 0;
  for (; at < to; at += 64) {
    const valid = to - at < 64 ? ((<u64>1) << (to - at)) - 1 : ALL;
    const quotes = where(at, QUOTE) & valid;
    const feeds = where(at, LINE_FEED) & valid;
    let ends = feeds;
    let separators = (where(at, COMMA) & valid) | ends;
    // What spoils its row.
    let bad = where(at, NUL) & valid;
    if ((quotes | wasInside | wasClosing | wasReturn) != 0) {
      // Bytes inside quotes, an opening quote included, a closing one not.
      const inside = oddSoFar(quotes) ^ wasInside;
      wasInside = <u64>((<i64>inside) >> 63);
      ends &= ~inside;
      separators &= ~inside;
      // A quote opens at the start of a cell, or is the second of two: else it is inside a bare cell.
      bad |= quotes & inside & ~(((separators | quotes) << 1) | wasSeparator | wasQuote);
      // Behind a quote that closes stands a separator, a second quote, or a carriage return; and behind that the line feed.
      const closing = quotes & ~inside;
      const follows = (closing << 1) | wasClosing;
      const returns = where(at, RETURN) & follows & valid;
      bad |= follows & ~(returns | separators | quotes);
      bad |= ((returns << 1) | wasReturn) & ~ends;
      bad &= valid;
      wasClosing = closing >> 63;
      wasReturn = returns >> 63;
    }
    wasQuote = quotes >> 63;
    wasSeparator = separators >> 63;
    if (bad != 0) {
      const before = (bad & (0 - bad)) - 1;
      separators &= before;
      ends &= before;
    }
    store<u64>(masks, separators);
    store<u64>(masks, ends, 8);
    store<u64>(masks, feeds, 16);
    masks += MASKS;
    blocks++;
    if (bad != 0) break;
  }
  return blocks;
}

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
function feedsBefore(feeds: u64, bit: u64): u32 {
  return <u32>popcnt(feeds & (((<u64>2) << bit) - 1));
}

/**
 * Finds the rows in what was marked as {@link rows} does, where no more has to be known of them than their NHS number.
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

/** The key of the number in ten bytes: they are digits, the last is the check digit, and not all are the same. */
// @ts-ignore: a decorator of the compiler
@inline
function keyOf(cell: usize): i32 {
  const digits = i8x16.sub(v128.load(cell), i8x16.splat(0x30));
  if ((i8x16.bitmask(i8x16.le_u(digits, i8x16.splat(9))) & 0x3ff) != 0x3ff) return NO_KEY;
  const first = i16x8.extend_low_i8x16_u(digits);
  const ninth = <i32>i8x16.extract_lane_u(digits, 8);
  const tenth = <i32>i8x16.extract_lane_u(digits, 9);
  const weighed = i32x4.dot_i16x8_s(first, i16x8(10, 9, 8, 7, 6, 5, 4, 3));
  const sum =
    i32x4.extract_lane(weighed, 0) +
    i32x4.extract_lane(weighed, 1) +
    i32x4.extract_lane(weighed, 2) +
    i32x4.extract_lane(weighed, 3) +
    ninth * 2 +
    tenth;
  if (sum % 11 != 0) return NO_KEY;
  const pairs = i32x4.dot_i16x8_s(first, i16x8(10, 1, 10, 1, 10, 1, 10, 1));
  const eight =
    i32x4.extract_lane(pairs, 0) * 1_000_000 +
    i32x4.extract_lane(pairs, 1) * 10_000 +
    i32x4.extract_lane(pairs, 2) * 100 +
    i32x4.extract_lane(pairs, 3);
  const key = eight * 10 + ninth;
  return key == tenth * 111_111_111 ? NO_KEY : key;
}

/** Of a decision: none yet; permitted. All above it are withheld. src/guard/membership.ts says the same. */
const UNSEEN: u32 = 0;
const PERMITTED: u32 = 1;
/** Where there is no key: src/guard/number-table.ts says how keys lie. */
const EMPTY: i32 = -1;

/**
 * Takes the rows found by {@link rows} or {@link lines} that follow each other as long as each has a number, and what it
 * comes to for whom it names is known: src/guard/decide-rows.ts does the same one by one.
 *
 * @param found where they wrote, with how many bytes for each row
 * @param from the number of the first row to take, from 0
 * @param slots pairs of a key and its ordinal, of which there are a power of two; `last` is the place of the last of them
 * @param shift by how much a hash is shifted to be the number of a slot
 * @param noted of each ordinal, a byte: what was noted on them in this release, where it is noted on too
 * @param decided of each ordinal, a byte: what a row that names them alone comes to; UNSEEN: it has to be asked
 * @param chosen where to write the numbers of the rows that are permitted; the word before it gets how many they are
 * @param notes where to write, of each of them, the ordinal and how many bytes the row has
 * @param withheld where there is a word for each decision, to which is added how many rows stay for it
 * @returns the number of the first row that was not taken
 */
export function known(
  found: usize,
  space: usize,
  from: u32,
  count: u32,
  slots: usize,
  last: usize,
  shift: u32,
  noted: usize,
  decided: usize,
  chosen: usize,
  notes: usize,
  withheld: usize,
): u32 {
  const chosenCount = chosen - 4;
  const first = chosen;
  let row = found + from * space;
  let start: u32 = from == 0 ? 0 : load<u32>(row - 4) + 1;
  let number = from;
  for (; number < count; number++) {
    const key = load<i32>(row);
    if (key < 0) break;
    let slot = (<usize>((<u32>key * 0x9e3779b1) >> shift)) << 3;
    let there = load<i32>(slots + slot);
    while (there != key && there != EMPTY) {
      slot = (slot + 8) & last;
      there = load<i32>(slots + slot);
    }
    if (there != key) break;
    const ordinal = load<u32>(slots + slot, 4);
    let decision = <u32>load<u8>(noted + ordinal);
    if (decision == UNSEEN) {
      decision = <u32>load<u8>(decided + ordinal);
      if (decision == UNSEEN) break;
      store<u8>(noted + ordinal, <u8>decision);
    }
    row += space;
    const end = load<u32>(row - 4) + 1;
    if (decision == PERMITTED) {
      store<u32>(chosen, number);
      store<u32>(notes, ordinal);
      store<u32>(notes, end - start, 4);
      chosen += 4;
      notes += 8;
    } else {
      const stays = withheld + (decision << 2);
      store<u32>(stays, load<u32>(stays) + 1);
    }
    start = end;
  }
  store<u32>(chosenCount, <u32>((chosen - first) >> 2));
  return number;
}

// What leaves of a cell: all of it; of a day its month, or its year; or the name that stands for the row's number.
const KEEP: u32 = 0;
const MONTH: u32 = 1;
const YEAR: u32 = 2;
const NAME: u32 = 3;

/** A name is a letter, and 16 bytes in hexadecimal. */
const NAME_LENGTH: usize = 33;
const NAME_BYTES: usize = 16;
const NAME_LETTER: u8 = 0x70;

/** Makes the key of the names ready: parts/hmac-sha-256.ts says what lies where. */
export function nameBy(key: usize, ready: usize): void {
  makeReady(key, ready);
}

/**
 * Writes what leaves of some rows found by {@link rows}: cells in the order of a plan, and the row's own line end. Ends
 * before a row of which a day is not plainly written `2024-05-06`: src/guard/row-writer.ts does the same for any.
 *
 * @param found where {@link rows} wrote, with how many columns
 * @param plan of each cell that leaves, its column and what leaves of it, two words; a name stands for the row's number
 * @param chosen the numbers of the rows, ascending; each has a number of ten digits
 * @param ready where the key of the names is ready
 * @param names where the bytes of names are kept, or zeros, by ordinal; 0: nowhere
 * @param notes where they are kept, what {@link known} wrote of each row
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
  for (let done: u32 = 0; done < count; done++) {
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
