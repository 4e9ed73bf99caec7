// Cuts whole lines of JSON in memory into values: src/guard/json-kernel.ts says what for, and src/guard/json-tape.ts, which
// does the same byte by byte, what may be read. A line that this kernel takes is an object that json-tape.ts takes too, cut
// at the same places; one in which anything is out of the ordinary is passed over, and is left to json-tape.ts.
//
// Every line ends with a line feed, which is within no value: so nothing here looks further than that, but for the bytes that
// are loaded with it, up to 15. Places are addresses of bytes; 0 is none.

const QUOTE: u32 = 0x22;
const BACKSLASH: u32 = 0x5c;
const LINE_FEED: u32 = 0x0a;

const OBJECT: u32 = 1;
const ARRAY: u32 = 2;
const STRING: u32 = 3;
const NUMBER: u32 = 4;
const LITERAL: u32 = 5;
/** The name of a member: a string, with a bit that json-tape.ts does not look at. */
const NAME: u32 = STRING | 8;
/** More bits of strings, but not of names: with escapes; with a slash, a question mark, a percent sign or a bar. */
const ESCAPED: u32 = 16;
const MARKED: u32 = 32;

/** Of a value four words: its first byte, one after its last, the number of the value that follows it, its kind. */
const ENTRY: usize = 16;
/** Of a line four words: one after its line feed, the place of its first value, how many there are, its shape. */
const LINE: usize = 16;
const NONE: u32 = u32.MAX_VALUE;

/** json-tape.ts goes deeper. */
const MOST_DEPTH: u32 = 60;
/** Objects with more members are left to json-tape.ts, which compares their names by a set. */
const MOST_NAMES: u32 = 200;
/** So many different shapes are told apart in one call. */
const MOST_SHAPES: u32 = 16;

/**
 * Of a shape: the place of the line that stands for it; where its parts end, or 0 when they are too many; and these parts, of
 * four words: what is written up to the next text, number or literal, or up to the end (where, how long), where that value is
 * entered, and how many of the following four words say what else is entered: a name, an object or list that begins, or one
 * that ends, by its distance from the start of the part, its length, and where it is entered.
 */
const SHAPE: usize = 16 * 400;
/** In the place of a length: here something ends. */
const ENDS: u32 = u32.MAX_VALUE;
let examples: usize = 0;
let shapes: u32 = 0;

/** What a byte is, as bits: those that its lower half may mean, and those that its upper half may mean, of which both count. */
const LOWER = i8x16(1, 1, 3, 1, 1, 17, 1, 1, 1, 1, 1, 1, 37, 1, 1, 9);
const UPPER = i8x16(1, 1, 26, 8, 0, 4, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0);

/** Which of 16 bytes end a text or are special in one: control characters, quote, backslash, and / ? % | */
// @ts-expect-error: a decorator of the compiler
@inline
function special(at: usize): u32 {
  const bytes = v128.load(at);
  const lower = i8x16.swizzle(LOWER, v128.and(bytes, i8x16.splat(15)));
  const bits = v128.and(lower, i8x16.swizzle(UPPER, i8x16.shr_u(bytes, 4)));
  return i8x16.bitmask(i8x16.ne(bits, i8x16.splat(0)));
}

// @ts-expect-error: a decorator of the compiler
@inline
function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}

function isHex(byte: u32): bool {
  return isDigit(byte) || (byte | 0x20) - 0x61 < 6;
}

/** One after the escape whose backslash is at `at`; 0 when it is none. */
function afterEscape(at: usize): usize {
  const escaped: u32 = load<u8>(at, 1);
  if (escaped == 0x75) {
    for (let n = 2; n < 6; n++) if (!isHex(load<u8>(at + n))) return 0;
    return at + 6;
  }
  const isShort =
    escaped == QUOTE ||
    escaped == BACKSLASH ||
    escaped == 0x2f ||
    escaped == 0x62 ||
    escaped == 0x66 ||
    escaped == 0x6e ||
    escaped == 0x72 ||
    escaped == 0x74;
  return isShort ? at + 2 : 0;
}

/** Reads on in a text, from a backslash or a control character at `at`. As scalar(). */
function restOfText(from: usize, kind: u32): u64 {
  let at = from;
  while (true) {
    const byte: u32 = load<u8>(at);
    if (byte == QUOTE) return <u64>at + 1 + ((<u64>kind) << 32);
    if (byte < 0x20) return 0;
    if (byte != BACKSLASH) {
      if ((byte | 0x10) == 0x3f || byte == 0x25 || byte == 0x7c) kind |= MARKED;
      at++;
    } else {
      kind |= ESCAPED;
      at = afterEscape(at);
      if (at == 0) return 0;
    }
  }
}

/** One after the digits from `at` on; 0 when there is none. */
function afterDigits(from: usize): usize {
  let at = from;
  while (isDigit(load<u8>(at))) at++;
  return at == from ? 0 : at;
}

/** Reads a number or a literal. As scalar(). */
function bare(from: usize): u64 {
  let at = from;
  let byte: u32 = load<u8>(at);
  if (byte != 0x2d && !isDigit(byte)) {
    const word = load<u32>(at);
    const isFalse = word == 0x736c6166 && load<u8>(at, 4) == 0x65;
    if (word != 0x65757274 && word != 0x6c6c756e && !isFalse) return 0;
    return <u64>at + (isFalse ? 5 : 4) + ((<u64>LITERAL) << 32);
  }
  if (byte == 0x2d) at++;
  at = load<u8>(at) == 0x30 ? at + 1 : afterDigits(at);
  if (at != 0 && load<u8>(at) == 0x2e) at = afterDigits(at + 1);
  if (at != 0 && (load<u8>(at) | 0x20) == 0x65) {
    byte = load<u8>(at, 1);
    at = afterDigits(byte == 0x2b || byte == 0x2d ? at + 2 : at + 1);
  }
  return at == 0 ? 0 : <u64>at + ((<u64>NUMBER) << 32);
}

/** Reads the text, number or literal at `at`: its kind, above one after its last byte; 0 when it is none. */
// @ts-expect-error: a decorator of the compiler
@inline
function scalar(at: usize): u64 {
  if (load<u8>(at) != QUOTE) return bare(at);
  let kind = STRING;
  let from = at + 1;
  while (true) {
    let found = special(from);
    while (found != 0) {
      const place = from + ctz(found);
      const byte: u32 = load<u8>(place);
      if (byte == QUOTE) return <u64>place + 1 + ((<u64>kind) << 32);
      if (byte == BACKSLASH || byte < 0x20) return restOfText(place, kind);
      kind |= MARKED;
      found &= found - 1;
    }
    from += 16;
  }
}

/** One after the name that begins at `at`, which has no escapes; 0 when it is none. */
// @ts-expect-error: a decorator of the compiler
@inline
function afterName(at: usize): usize {
  if (load<u8>(at) != QUOTE) return 0;
  let from = at + 1;
  while (true) {
    let found = special(from);
    while (found != 0) {
      const place = from + ctz(found);
      const byte: u32 = load<u8>(place);
      if (byte == QUOTE) return place + 1;
      if (byte == BACKSLASH || byte < 0x20) return 0;
      found &= found - 1;
    }
    from += 16;
  }
}

/** The next byte that is no space. A line feed is one after the last of the line. */
// @ts-expect-error: a decorator of the compiler
@inline
function afterSpace(from: usize): usize {
  let at = from;
  let byte: u32 = load<u8>(at);
  while (byte == 0x20 || byte == 0x09 || byte == 0x0d) byte = load<u8>(++at);
  return at;
}

// @ts-expect-error: a decorator of the compiler
@inline
function put(tape: usize, start: usize, end: usize, next: usize, kind: u32): void {
  store<u64>(tape, (<u64>start) | ((<u64>end) << 32));
  store<u64>(tape, (<u64>next) | ((<u64>kind) << 32), 8);
}

/** Where the line feed of the line is that object() read, and where the next entry goes. */
let lineEnd: usize = 0;
let tapeEnd: usize = 0;

/**
 * Cuts the object that begins at `from` into values.
 *
 * @param first where the first goes
 * @param room where the tape ends
 * @returns whether it is one, alone in its line, and all of its values have room
 */
function object(from: usize, first: usize, room: usize): bool {
  let tape = first;
  // The entry of the innermost that is open, and its kind; the entry holds the one around it as its end.
  let open: usize = 0;
  let kind: u32 = 0;
  let depth: u32 = 0;
  let at = afterSpace(from);
  if (load<u8>(at) != 0x7b) return false;
  while (true) {
    // A value begins here. It, and a name behind it, have to have room.
    tapeEnd = tape;
    if (tape + 2 * ENTRY > room) return false;
    const byte: u32 = load<u8>(at);
    let isName = false;
    if (byte == 0x7b || byte == 0x5b) {
      if (++depth > MOST_DEPTH) return false;
      kind = byte == 0x7b ? OBJECT : ARRAY;
      put(tape, at, open, 0, kind);
      open = tape;
      tape += ENTRY;
      at = afterSpace(at + 1);
      // What closes is two behind what opens, for both kinds.
      isName = load<u8>(at) != byte + 2;
      if (isName && kind == ARRAY) continue;
    } else {
      const read = scalar(at);
      if (read == 0) return false;
      put(tape, at, <u32>read, ((tape - first) >> 4) + 1, <u32>(read >> 32));
      tape += ENTRY;
      at = afterSpace(<u32>read);
    }
    if (!isName) {
      // What follows a value: the end of all that ends with it, and then a comma.
      while (load<u8>(at) == (kind == OBJECT ? 0x7d : 0x5d)) {
        const around = <usize>load<u32>(open, 4);
        store<u32>(open, <u32>at + 1, 4);
        store<u32>(open, <u32>((tape - first) >> 4), 8);
        at = afterSpace(at + 1);
        depth--;
        open = around;
        if (open == 0) {
          lineEnd = at;
          tapeEnd = tape;
          return load<u8>(at) == LINE_FEED;
        }
        kind = load<u32>(open, 12);
      }
      if (load<u8>(at) != 0x2c) return false;
      at = afterSpace(at + 1);
      if (kind == ARRAY) continue;
    }
    const end = afterName(at);
    if (end == 0) return false;
    put(tape, at, end, ((tape - first) >> 4) + 1, NAME);
    tape += ENTRY;
    at = afterSpace(end);
    if (load<u8>(at) != 0x3a) return false;
    at = afterSpace(at + 1);
  }
}

/** Whether the bytes from two places on are the same. */
// @ts-expect-error: a decorator of the compiler
@inline
function isSame(one: usize, other: usize, length: u32): bool {
  let here = one;
  let there = other;
  let left = length;
  while (true) {
    const same: u32 = i8x16.bitmask(i8x16.eq(v128.load(here), v128.load(there)));
    // The first byte that differs is behind them, or there is none.
    if (left <= 16) return <u32>ctz(~same) >= left;
    if (same != 0xffff) return false;
    here += 16;
    there += 16;
    left -= 16;
  }
}

/** Whether two names are written the same. */
// @ts-expect-error: a decorator of the compiler
@inline
function isSameName(one: usize, other: usize): bool {
  const length = load<u32>(one, 4) - load<u32>(one);
  if (length != load<u32>(other, 4) - load<u32>(other)) return false;
  return isSame(load<u32>(one), load<u32>(other), length);
}

/** Whether no object has a name twice. */
function areDifferent(first: usize, tape: usize): bool {
  for (let object = first; object < tape; object += ENTRY) {
    if (load<u32>(object, 12) != OBJECT) continue;
    const end = first + <usize>load<u32>(object, 8) * ENTRY;
    let count: u32 = 0;
    for (let one = object + ENTRY; one < end; one = first + <usize>load<u32>(one + ENTRY, 8) * ENTRY) {
      if (++count > MOST_NAMES) return false;
      for (let other = object + ENTRY; other < one; other = first + <usize>load<u32>(other + ENTRY, 8) * ENTRY)
        if (isSameName(one, other)) return false;
    }
  }
  return true;
}

/** Whether two lines are alike but for their texts, numbers and literals: the same names, the same objects and lists. */
function isSameShape(shape: u32, first: usize, tape: usize): bool {
  const line = <usize>load<u32>(examples + shape * SHAPE);
  if (<usize>load<u32>(line, 8) * ENTRY != tape - first) return false;
  let other = <usize>load<u32>(line, 4);
  for (let one = first; one < tape; one += ENTRY, other += ENTRY) {
    const kind = load<u32>(one, 12);
    const its = load<u32>(other, 12);
    if (kind == NAME) {
      if (its != NAME || !isSameName(one, other)) return false;
    } else if (kind <= ARRAY) {
      if (its != kind || load<u32>(one, 8) != load<u32>(other, 8)) return false;
    } else if (its <= ARRAY || its == NAME) return false;
  }
  return true;
}

function shapeOf(first: usize, tape: usize): u32 {
  for (let shape: u32 = 0; shape < shapes; shape++) if (isSameShape(shape, first, tape)) return shape;
  return NONE;
}

/** Makes a shape of the line that object() read last, and which stands for it from now on. */
function newShape(line: usize, start: usize, first: usize, tape: usize): void {
  const shape = examples + shapes++ * SHAPE;
  store<u32>(shape, <u32>line);
  store<u32>(shape, 0, 4);
  const room = shape + SHAPE - 4 * 16;
  let before = start;
  let part = shape + 16;
  let more = part + 16;
  let open: usize = 0;
  for (let entry = first; ; entry += ENTRY) {
    // What ends before this value.
    while (open != 0 && first + <usize>load<u32>(open, 8) * ENTRY == entry) {
      if (more > room) return;
      put(more, load<u32>(open, 4) - before, 0, open - first, 0);
      store<u32>(more, ENDS, 4);
      more += 16;
      open = around(open, first);
    }
    const isEnd = entry == tape;
    const kind = isEnd ? LITERAL : load<u32>(entry, 12);
    if (kind == NAME || kind <= ARRAY) {
      if (more > room) return;
      const from = load<u32>(entry);
      put(more, from - before, kind == NAME ? load<u32>(entry, 4) - from : 0, entry - first, 0);
      more += 16;
      if (kind != NAME) open = entry;
      continue;
    }
    const to = isEnd ? lineEnd + 1 : <usize>load<u32>(entry);
    put(part, before, to - before, entry - first, <u32>((more - part - 16) >> 4));
    if (isEnd) break;
    if (more + 16 > room) return;
    part = more;
    more = part + 16;
    before = load<u32>(entry, 4);
  }
  store<u32>(shape, <u32>more, 4);
}

/** The entry of the object or list around another; 0 when there is none. */
function around(inner: usize, first: usize): usize {
  for (let entry = inner - ENTRY; entry >= first; entry -= ENTRY) {
    if (load<u32>(entry, 12) <= ARRAY && first + <usize>load<u32>(entry, 8) * ENTRY > inner) return entry;
  }
  return 0;
}

/**
 * Reads a line that is, but for its texts, numbers and literals, written to the byte as the one that stands for a shape: so it
 * is an object, and of that shape.
 *
 * @returns one after its line feed, or 0
 */
function readAs(shape: usize, from: usize, first: usize): usize {
  const example = <usize>load<u32>(load<u32>(shape), 4);
  const end = <usize>load<u32>(shape, 4);
  let part = shape + 16;
  let at = from;
  while (part < end) {
    const length = load<u32>(part, 4);
    if (!isSame(at, load<u32>(part), length)) return 0;
    const value = <usize>load<u32>(part, 8);
    const next = part + 16 + (<usize>load<u32>(part, 12) << 4);
    for (part += 16; part < next; part += 16) {
      const start = at + load<u32>(part);
      const size = load<u32>(part, 4);
      const offset = <usize>load<u32>(part, 8);
      if (size == ENDS) store<u32>(first + offset, <u32>start, 4);
      else {
        store<u64>(first + offset, (<u64>start) | (<u64>(start + size) << 32));
        store<u64>(first + offset, load<u64>(example + offset, 8), 8);
      }
    }
    at += length;
    if (part == end) return at;
    const read = scalar(at);
    if (read == 0) return 0;
    put(first + value, at, <u32>read, (value >> 4) + 1, <u32>(read >> 32));
    at = <u32>read;
  }
  return 0;
}

/**
 * @param from the first byte of a line
 * @param to one after the last byte to look at, which is a line feed
 * @param lines where to write of each line: one after its line feed, the place of its first value, how many values it has
 *   (0: it is left to json-tape.ts), and the number of its shape, where it has one
 * @param values where to write the values
 * @param room where there is room for no more values
 * @param example where to write down the shapes
 * @returns the number of lines, all but those for which there was no room
 */
export function lines(from: usize, to: usize, lines: usize, values: usize, room: usize, example: usize): u32 {
  examples = example;
  shapes = 0;
  let line = lines;
  let first = values;
  let at = from;
  // The shape of the last line, how many values it has, and whether the next is likely to be written like it.
  let last: usize = 0;
  let shape = NONE;
  let count: u32 = 0;
  while (at < to && line + LINE <= values) {
    const start = at;
    at = last == 0 || first + <usize>(count + 2) * ENTRY > room ? 0 : readAs(last, start, first);
    if (at == 0) {
      count = 0;
      shape = NONE;
      if (object(start, first, room)) {
        at = lineEnd + 1;
        shape = shapeOf(first, tapeEnd);
        if (shape != NONE || areDifferent(first, tapeEnd)) count = <u32>((tapeEnd - first) >> 4);
      } else {
        if (tapeEnd + 2 * ENTRY > room && first != values) break;
        at = start;
        while (load<u8>(at) != LINE_FEED) at++;
        at++;
      }
    }
    store<u32>(line, <u32>at);
    store<u32>(line, <u32>first, 4);
    store<u32>(line, count, 8);
    if (count > 0 && shape == NONE && shapes < MOST_SHAPES) {
      shape = shapes;
      newShape(line, start, first, tapeEnd);
    }
    store<u32>(line, shape, 12);
    last = shape == NONE ? 0 : examples + shape * SHAPE;
    if (last != 0 && load<u32>(last, 4) == 0) last = 0;
    first += <usize>count * ENTRY;
    line += LINE;
  }
  return <u32>((line - lines) / LINE);
}
