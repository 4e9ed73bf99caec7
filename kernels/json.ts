// Cuts whole lines of JSON in memory into values: src/guard/json-kernel.ts says what for, and src/guard/json-tape.ts, which
// does the same byte by byte, what may be read. A line that this kernel takes is an object that json-tape.ts takes too, cut
// at the same places; one in which anything is out of the ordinary is passed over, and is left to json-tape.ts.
//
// Every line ends with a line feed, which is within no value: so nothing here looks further than that, but for the bytes that
// are loaded with it, up to 15.

const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;
const LINE_FEED: u8 = 0x0a;

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

/** The byte that is looked at. */
let at: usize = 0;
/** Where the next entry goes. */
let tape: usize = 0;
/** The lines that stand for the shapes so far, and which shape the last line had. */
let examples: usize = 0;
let shapes: u32 = 0;
let lastShape: u32 = 0;

/** What a byte is, as bits: those that its lower half may mean, and those that its upper half may mean, of which both count. */
const LOWER = i8x16(1, 1, 3, 1, 1, 17, 1, 1, 1, 1, 1, 1, 37, 1, 1, 9);
const UPPER = i8x16(1, 1, 26, 8, 0, 4, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0);
/** From this bit on they are slash and question mark, percent sign, bar; below it control character, quote, backslash. */
const MARK: i8 = 8;
/** Whether there was one in the text that was read last. */
let marked: bool = false;

/** The first byte from `from` on that ends a text, or is no plain part of it: a quote, a backslash, a control character. */
// @ts-expect-error: a decorator of the compiler
@inline
function endOfPlain(from: usize): usize {
  while (true) {
    const bytes = v128.load(from);
    const lower = i8x16.swizzle(LOWER, v128.and(bytes, i8x16.splat(15)));
    const bits = v128.and(lower, i8x16.swizzle(UPPER, i8x16.shr_u(bytes, 4)));
    if (v128.any_true(bits)) {
      const marks = i8x16.bitmask(i8x16.ge_s(bits, i8x16.splat(MARK)));
      const ends = i8x16.bitmask(i8x16.gt_s(bits, i8x16.splat(0))) ^ marks;
      if (marks != 0 && (ends == 0 || ctz(marks) < ctz(ends))) marked = true;
      if (ends != 0) return from + ctz(ends);
    }
    from += 16;
  }
}

function isHex(byte: u8): bool {
  const letter: u8 = byte | 0x20;
  return <u8>(byte - 0x30) < 10 || <u8>(letter - 0x61) < 6;
}

/** Goes on behind the text whose first special byte is at `at`. */
function restOfText(): bool {
  while (load<u8>(at) == BACKSLASH) {
    const escaped = load<u8>(at, 1);
    at += 2;
    if (escaped == 0x75) {
      for (let n = 0; n < 4; n++, at++) if (!isHex(load<u8>(at))) return false;
    } else if (
      escaped != QUOTE &&
      escaped != BACKSLASH &&
      escaped != 0x2f &&
      escaped != 0x62 &&
      escaped != 0x66 &&
      escaped != 0x6e &&
      escaped != 0x72 &&
      escaped != 0x74
    )
      return false;
    at = endOfPlain(at);
  }
  return load<u8>(at++) == QUOTE;
}

// @ts-expect-error: a decorator of the compiler
@inline
function isDigit(byte: u8): bool {
  return <u8>(byte - 0x30) < 10;
}

function digits(): bool {
  if (!isDigit(load<u8>(at))) return false;
  do at++;
  while (isDigit(load<u8>(at)));
  return true;
}

function number(): bool {
  if (load<u8>(at) == 0x2d) at++;
  if (load<u8>(at) == 0x30) at++;
  else if (!digits()) return false;
  if (load<u8>(at) == 0x2e) {
    at++;
    if (!digits()) return false;
  }
  if ((load<u8>(at) | 0x20) == 0x65) {
    at++;
    const sign = load<u8>(at);
    if (sign == 0x2b || sign == 0x2d) at++;
    if (!digits()) return false;
  }
  return true;
}

function literal(): bool {
  const word = load<u32>(at);
  const isFalse = word == 0x736c6166 && load<u8>(at, 4) == 0x65;
  if (word != 0x65757274 && word != 0x6c6c756e && !isFalse) return false;
  at += isFalse ? 5 : 4;
  return true;
}

/** The next byte that is no space. A line feed is one after the last of the line. */
// @ts-expect-error: a decorator of the compiler
@inline
function afterSpace(): u8 {
  let byte = load<u8>(at);
  while (byte == 0x20 || byte == 0x09 || byte == 0x0d) byte = load<u8>(++at);
  return byte;
}

// @ts-expect-error: a decorator of the compiler
@inline
function put(start: usize, end: usize, next: u32, kind: u32): void {
  store<u32>(tape, <u32>start);
  store<u32>(tape, <u32>end, 4);
  store<u32>(tape, next, 8);
  store<u32>(tape, kind, 12);
  tape += ENTRY;
}

/**
 * Cuts the object that begins at `at` into values, from `first` on.
 *
 * @param room where the tape ends
 * @returns whether it is one, alone in its line, and all of its values have room; then the line feed is at `at`
 */
function object(first: usize, room: usize): bool {
  tape = first;
  // The entry of the innermost that is open, and its kind; the entry holds the one around it as its end.
  let open: usize = 0;
  let kind: u32 = 0;
  let depth: u32 = 0;
  let byte = afterSpace();
  if (byte != 0x7b) return false;
  while (true) {
    // A value begins with this byte. It, and a name behind it, have to have room.
    if (tape + 2 * ENTRY > room) return false;
    const start = at;
    const value = <u32>((tape - first) / ENTRY);
    if (byte == QUOTE) {
      marked = false;
      at = endOfPlain(at + 1);
      let string = STRING;
      if (load<u8>(at) == QUOTE) at++;
      else if (restOfText()) string = STRING | ESCAPED;
      else return false;
      put(start, at, value + 1, marked ? string | MARKED : string);
      byte = afterSpace();
    } else if (byte == 0x7b || byte == 0x5b) {
      if (++depth > MOST_DEPTH) return false;
      kind = byte == 0x7b ? OBJECT : ARRAY;
      const around = open;
      open = tape;
      put(start, around, 0, kind);
      at++;
      byte = afterSpace();
      // What closes is two behind what opens, for both kinds.
      if (byte != load<u8>(start) + 2) {
        if (kind == ARRAY) continue;
        if (!name(first)) return false;
        byte = afterSpace();
        continue;
      }
    } else {
      if (byte == 0x2d || isDigit(byte)) {
        if (!number()) return false;
        put(start, at, value + 1, NUMBER);
      } else {
        if (!literal()) return false;
        put(start, at, value + 1, LITERAL);
      }
      byte = afterSpace();
    }
    // What follows a value: the end of all that ends with it, and then a comma.
    while (byte == (kind == OBJECT ? 0x7d : 0x5d)) {
      const around = <usize>load<u32>(open, 4);
      at++;
      store<u32>(open, <u32>at, 4);
      store<u32>(open, <u32>((tape - first) / ENTRY), 8);
      byte = afterSpace();
      depth--;
      open = around;
      if (open == 0) return byte == LINE_FEED;
      kind = load<u32>(open, 12);
    }
    if (byte != 0x2c) return false;
    at++;
    byte = afterSpace();
    if (kind == OBJECT) {
      if (!name(first)) return false;
      byte = afterSpace();
    }
  }
}

/** Reads the name of a member, without escapes, and the colon behind it. */
// @ts-expect-error: a decorator of the compiler
@inline
function name(first: usize): bool {
  const start = at;
  if (load<u8>(start) != QUOTE) return false;
  at = endOfPlain(start + 1);
  if (load<u8>(at) != QUOTE) return false;
  at++;
  put(start, at, <u32>((tape - first) / ENTRY) + 1, NAME);
  if (afterSpace() != 0x3a) return false;
  at++;
  return true;
}

/** Whether two names are written the same. */
// @ts-expect-error: a decorator of the compiler
@inline
function isSameName(one: usize, other: usize): bool {
  let here = <usize>load<u32>(one);
  let there = <usize>load<u32>(other);
  let left = <i32>(load<u32>(one, 4) - <u32>here);
  if (left != <i32>(load<u32>(other, 4) - <u32>there)) return false;
  while (true) {
    const same = i8x16.bitmask(i8x16.eq(v128.load(here), v128.load(there)));
    // The first byte that differs is behind the name, or there is none.
    if (left <= 16) return ctz(~same) >= left;
    if (same != 0xffff) return false;
    here += 16;
    there += 16;
    left -= 16;
  }
}

/** Whether no object has a name twice. */
function areDifferent(first: usize): bool {
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
function isSameShape(example: usize, first: usize): bool {
  const line = <usize>load<u32>(example, 4);
  if (<usize>load<u32>(example, 8) * ENTRY != tape - first) return false;
  let other = line;
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

/** The shape of the line at `line`, whose values begin at `first`; it stands for a new one where it is like none before. */
// @ts-expect-error: a decorator of the compiler
@inline
function shapeOf(line: usize, first: usize): u32 {
  if (shapes > 0 && isSameShape(load<u32>(examples + (lastShape << 2)), first)) return lastShape;
  for (let shape: u32 = 0; shape < shapes; shape++) {
    if (shape != lastShape && isSameShape(load<u32>(examples + (shape << 2)), first)) {
      lastShape = shape;
      return shape;
    }
  }
  return NONE;
}

/**
 * @param from the first byte of a line
 * @param to one after the last byte to look at, which is a line feed
 * @param lines where to write of each line: one after its line feed, the place of its first value, how many values it has
 *   (0: it is left to json-tape.ts), and the number of its shape, where it has one
 * @param values where to write the values
 * @param room where there is room for no more values
 * @param example where there is room for 16 words
 * @returns the number of lines, all but those for which there was no room
 */
export function lines(from: usize, to: usize, lines: usize, values: usize, room: usize, example: usize): u32 {
  let line = lines;
  let first = values;
  examples = example;
  shapes = 0;
  lastShape = 0;
  at = from;
  while (at < to && line + LINE <= values) {
    const start = at;
    let shape = NONE;
    let count: u32 = 0;
    if (object(first, room)) {
      shape = shapeOf(line, first);
      if (shape != NONE || areDifferent(first)) count = <u32>((tape - first) / ENTRY);
    } else {
      if (tape + 2 * ENTRY > room && first != values) break;
      at = start;
      while (load<u8>(at) != LINE_FEED) at++;
    }
    at++;
    store<u32>(line, <u32>at);
    store<u32>(line, <u32>first, 4);
    store<u32>(line, count, 8);
    if (count > 0 && shape == NONE && shapes < MOST_SHAPES) {
      shape = shapes++;
      lastShape = shape;
      store<u32>(examples + (shape << 2), <u32>line);
    }
    store<u32>(line, shape, 12);
    if (count > 0) first = tape;
    line += LINE;
  }
  return <u32>((line - lines) / LINE);
}
