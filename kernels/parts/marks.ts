// Marks where rows and cells end. Each u64 below holds a bit for each of 64 bytes, the first of them lowest.

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const LINE_FEED: u8 = 0x0a;
const RETURN: u8 = 0x0d;
const NUL: u8 = 0x00;
const ALL: u64 = u64.MAX_VALUE;

/** Of each 64 bytes: where separators are (commas between cells, and line ends), where those are line ends, where line feeds. */
export const MASKS: usize = 3 * 8;

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
