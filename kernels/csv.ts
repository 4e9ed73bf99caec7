// Finds the whole rows of a CSV file in memory, 64 bytes at a time: src/guard/csv-kernel.ts says what for, and
// src/guard/csv.ts, which does the same byte by byte, what a row is. Each u64 below holds a bit for each of 64 bytes, the
// first of them lowest. A row is found only when there is nothing in it that could be read in two ways; the first that is
// otherwise ends the work, and is left to csv.ts.

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const LINE_FEED: u8 = 0x0a;
const RETURN: u8 = 0x0d;
const NUL: u8 = 0x00;
const ALL: u64 = u64.MAX_VALUE;

/** Where the 64 bytes from `at` on are this one. */
// @ts-expect-error: a decorator of the compiler
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
// @ts-expect-error: a decorator of the compiler
@inline
function oddSoFar(these: u64): u64 {
  let odd = these ^ (these << 1);
  odd ^= odd << 2;
  odd ^= odd << 4;
  odd ^= odd << 8;
  odd ^= odd << 16;
  return odd ^ (odd << 32);
}

/**
 * @param at the first byte of a row
 * @param to one after the last byte to look at; at least 64 more have to be there
 * @param columns how many separators a row has
 * @param places where to write the place of each separator, that is of each comma between cells and of each line end; the
 *   word before it gets the number of line feeds in the rows found, those inside quotes included
 * @returns the number of rows found
 */
export function rows(at: usize, to: usize, columns: u32, places: usize): u32 {
  const count = places - 4;
  store<u32>(count, 0);
  let found: u32 = 0;
  let cell: u32 = 0;
  let lines: u32 = 0;
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
    const commas = where(at, COMMA) & valid;
    let ends = feeds;
    // What spoils its row.
    let bad = where(at, NUL) & valid;
    let separators = commas | ends;
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
    // Nothing from the first bad byte on is looked at.
    if (bad != 0) {
      separators &= (bad & (0 - bad)) - 1;
      to = 0;
    }
    for (; separators != 0; separators &= separators - 1) {
      const bit = separators & (0 - separators);
      store<u32>(places, <u32>at + <u32>ctz(bit));
      places += 4;
      cell++;
      // The last separator of a row is its line end, and no other is.
      if ((cell == columns) != ((ends & bit) != 0)) return found;
      if (cell == columns) {
        cell = 0;
        found++;
        store<u32>(count, lines + <u32>popcnt(feeds & ((bit << 1) - 1)));
      }
    }
    lines += <u32>popcnt(feeds);
  }
  return found;
}
