export const OBJECT = 1;
export const ARRAY = 2;
export const STRING = 3;
export const NUMBER = 4;
/** true, false or null. */
export const LITERAL = 5;

/** How many words say of a value: its first byte, one after its last, the number that follows all that is in it, its kind. */
const WORDS = 4;
/** The bits of a kind; the others say more of some. */
export const KIND = 7;
/** Of a string: it is a name, which only json-kernel.ts says. */
export const NAME = 8;
/** Of a string: there are escapes in it. */
export const ESCAPED = 16;
/** Of a string that is no name: a slash, a question mark, a percent sign or a bar is in it. Only json-kernel.ts says so. */
export const MARKED = 32;
/** A text of at most so many bytes is made once, as long as no other takes its place. */
const SHORT = 32;
const SHORT_TEXTS = 1024;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Deeper than any record that somebody wrote on purpose. */
const MOST_DEPTH = 100;
/** With more members than this, an object's names are compared by a set. */
const FEW_MEMBERS = 16;

/**
 * A JSON text (RFC 8259) cut into values, where they lie in its bytes: values keep the bytes they came with. An object
 * in which a name stands twice is refused, however the name is written: readers differ on which of the two counts.
 *
 * Values are numbered in the order in which they begin; a member's name has the number before its value's. The value 0
 * is the whole. Good until the next call of read().
 */
export class JsonTape {
  bytes: Buffer = Buffer.alloc(0);
  /** What is said of each value, from `first` on: {@link WORDS}. */
  private words: Int32Array = new Int32Array(256 * WORDS);
  private first = 0;
  /** What read() writes. */
  private own = this.words;
  private count = 0;
  /** Short texts that were made. */
  private readonly texts: string[] = new Array(SHORT_TEXTS).fill('');
  private at = 0;
  private limit = 0;

  /** Reads the one value in some bytes, valid UTF-8. False: it is not JSON, or too deep, or a name stands twice. */
  read(bytes: Buffer, start: number, end: number): boolean {
    this.bytes = bytes;
    this.words = this.own;
    this.first = 0;
    this.count = 0;
    this.at = start;
    this.limit = end;
    this.space();
    if (!this.value(0)) return false;
    this.space();
    return this.at === end;
  }

  /** In place of read(): takes what was cut by json-kernel.ts, of which `words` say the same, from `first` on. */
  take(bytes: Buffer, words: Int32Array, first: number): void {
    this.bytes = bytes;
    this.words = words;
    this.first = first;
  }

  kind(value: number): number {
    return (this.words[this.first + WORDS * value + 3] as number) & KIND;
  }

  start(value: number): number {
    return this.words[this.first + WORDS * value] as number;
  }

  end(value: number): number {
    return this.words[this.first + WORDS * value + 1] as number;
  }

  /** The number of the first value behind this one and all that is in it. */
  next(value: number): number {
    return this.words[this.first + WORDS * value + 2] as number;
  }

  /** The bits that say more of a value than its kind does: NAME, ESCAPED, MARKED. */
  more(value: number): number {
    return (this.words[this.first + WORDS * value + 3] as number) & ~KIND;
  }

  /** The text of a string; of anything else what is written. */
  text(value: number): string {
    const [start, end] = [this.start(value), this.end(value)];
    if (this.kind(value) !== STRING) return this.bytes.toString('latin1', start, end);
    if (this.more(value) & ESCAPED) return JSON.parse(this.bytes.toString('utf8', start, end)) as string;
    return end - start <= SHORT + 2
      ? this.short(start + 1, end - 1)
      : this.bytes.toString('utf8', start + 1, end - 1);
  }

  /** Names come again and again: to make a string of each would cost more than all else. */
  private short(start: number, end: number): string {
    const { bytes } = this;
    let hash = end - start;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
    const place = (hash ^ (hash >>> 10)) & (SHORT_TEXTS - 1);
    const known = this.texts[place] as string;
    let at = known.length === end - start ? start : -1;
    while (at >= 0 && at < end) at = bytes[at] === known.charCodeAt(at - start) ? at + 1 : -1;
    if (at === end) return known;
    const text = bytes.toString('utf8', start, end);
    // Where bytes are no characters they are not compared with them.
    if (text.length === end - start) this.texts[place] = text;
    return text;
  }

  /** Of what take() took: its names, objects and lists, in words that no other shape has. */
  shape(): string {
    let said = '';
    for (let value = 0; value < this.next(0); value++) {
      if (this.more(value) & NAME) said += `"${this.text(value)}"`;
      else if (this.kind(value) === OBJECT) said += `{${this.next(value)}`;
      else said += this.kind(value) === ARRAY ? `[${this.next(value)}` : '.';
    }
    return said;
  }

  isNull(value: number): boolean {
    return this.kind(value) === LITERAL && this.bytes[this.start(value)] === 0x6e;
  }

  /** The members of an object: the number of each name; its value has the next. */
  *members(object: number): Iterable<number> {
    const end = this.next(object);
    for (let name = object + 1; name < end; name = this.next(name + 1)) yield name;
  }

  /** The values in an array. */
  *items(array: number): Iterable<number> {
    const end = this.next(array);
    for (let item = array + 1; item < end; item = this.next(item)) yield item;
  }

  /** The value of a member; -1 where an object has none of this name, or it is no object. */
  member(object: number, name: string): number {
    if (this.kind(object) !== OBJECT) return -1;
    const end = this.next(object);
    for (let one = object + 1; one < end; one = this.next(one + 1))
      if (this.isText(one, name)) return one + 1;
    return -1;
  }

  /** Whether the text of a string is this one. */
  private isText(value: number, text: string): boolean {
    if (this.more(value) & ESCAPED) return this.text(value) === text;
    const { bytes } = this;
    const start = this.start(value) + 1;
    const end = this.end(value) - 1;
    for (let n = 0; n < text.length; n++) {
      const character = text.charCodeAt(n);
      if (character >= 0x80) return this.text(value) === text;
      if (start + n >= end || bytes[start + n] !== character) return false;
    }
    return end - start === text.length;
  }

  private value(depth: number): boolean {
    const byte = this.bytes[this.at];
    if (this.at >= this.limit || depth > MOST_DEPTH) return false;
    if (byte === QUOTE) return this.string();
    if (byte === 0x7b) return this.object(depth);
    if (byte === 0x5b) return this.array(depth);
    if (byte === 0x74) return this.literal('true');
    if (byte === 0x66) return this.literal('false');
    return byte === 0x6e ? this.literal('null') : this.number();
  }

  private object(depth: number): boolean {
    const object = this.begin(OBJECT);
    const names: number[] = [];
    if (this.comes(0x7d)) return this.close(object);
    do {
      this.space();
      names.push(this.count);
      if (this.at >= this.limit || this.bytes[this.at] !== QUOTE || !this.string()) return false;
      if (!this.comes(0x3a)) return false;
      this.space();
      if (!this.value(depth + 1)) return false;
    } while (this.comes(0x2c));
    return this.comes(0x7d) && this.close(object) && this.areDifferent(names);
  }

  private array(depth: number): boolean {
    const array = this.begin(ARRAY);
    if (this.comes(0x5d)) return this.close(array);
    do {
      this.space();
      if (!this.value(depth + 1)) return false;
    } while (this.comes(0x2c));
    return this.comes(0x5d) && this.close(array);
  }

  private string(): boolean {
    const string = this.begin(STRING);
    const { bytes, limit } = this;
    let at = this.at;
    for (;;) {
      if (at >= limit) return false;
      const byte = bytes[at++] as number;
      if (byte === QUOTE) break;
      if (byte < 0x20) return false;
      if (byte !== BACKSLASH) continue;
      this.own[WORDS * string + 3] = STRING | ESCAPED;
      const escaped = at < limit ? (bytes[at++] as number) : 0;
      if (escaped === 0x75) {
        for (const end = at + 4; at < end; at++) if (at >= limit || !isHex(bytes[at] as number)) return false;
      } else if (!isEscape(escaped)) return false;
    }
    this.at = at;
    return this.close(string);
  }

  private number(): boolean {
    const number = this.begin(NUMBER);
    this.at--;
    if (this.bytes[this.at] === 0x2d) this.at++;
    if (this.bytes[this.at] === 0x30 && this.at < this.limit) this.at++;
    else if (!this.digits()) return false;
    if (this.at < this.limit && this.bytes[this.at] === 0x2e) {
      this.at++;
      if (!this.digits()) return false;
    }
    if (this.at < this.limit && ((this.bytes[this.at] as number) | 0x20) === 0x65) {
      this.at++;
      const sign = this.bytes[this.at];
      if (this.at < this.limit && (sign === 0x2b || sign === 0x2d)) this.at++;
      if (!this.digits()) return false;
    }
    return this.close(number);
  }

  private digits(): boolean {
    const from = this.at;
    while (this.at < this.limit && isDigit(this.bytes[this.at] as number)) this.at++;
    return this.at > from;
  }

  private literal(word: string): boolean {
    const literal = this.begin(LITERAL);
    const end = this.at - 1 + word.length;
    if (end > this.limit || this.bytes.toString('latin1', this.at - 1, end) !== word) return false;
    this.at = end;
    return this.close(literal);
  }

  /** A value begins at this byte, which is passed over. */
  private begin(kind: number): number {
    if (WORDS * this.count === this.own.length) this.makeRoom();
    this.own[WORDS * this.count] = this.at++;
    this.own[WORDS * this.count + 3] = kind;
    return this.count++;
  }

  private close(value: number): true {
    this.own[WORDS * value + 1] = this.at;
    this.own[WORDS * value + 2] = this.count;
    return true;
  }

  /** Passes over a byte, when it is the next but for space. */
  private comes(byte: number): boolean {
    this.space();
    if (this.at >= this.limit || this.bytes[this.at] !== byte) return false;
    this.at++;
    return true;
  }

  private space(): void {
    const { bytes, limit } = this;
    for (; this.at < limit; this.at++) {
      const byte = bytes[this.at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
    }
  }

  private areDifferent(names: readonly number[]): boolean {
    const texts = names.map((name) => this.text(name));
    if (texts.length > FEW_MEMBERS) return new Set(texts).size === texts.length;
    return texts.every((text, place) => texts.indexOf(text) === place);
  }

  private makeRoom(): void {
    const larger = new Int32Array(2 * this.own.length);
    larger.set(this.own);
    this.words = this.own = larger;
  }
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isHex = (byte: number): boolean => isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
const isEscape = (byte: number): boolean => byte !== 0 && '"\\/bfnrt'.includes(String.fromCharCode(byte));
