import { ARRAY, ESCAPED, KIND, LITERAL, NAME, OBJECT, STRING, WORDS } from './json-kinds.ts';
import { JsonReader } from './json-reader.ts';

/** A text of at most so many bytes is made once, as long as no other takes its place. */
const SHORT = 32;
const SHORT_TEXTS = 1024;
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
  private words: Int32Array = new Int32Array();
  private first = 0;
  private readonly reader = new JsonReader();
  /** Short texts that were made. */
  private readonly texts: string[] = new Array(SHORT_TEXTS).fill('');

  /** Reads the one value in some bytes, valid UTF-8. False: it is not JSON, or too deep, or a name stands twice. */
  read(bytes: Buffer, start: number, end: number): boolean {
    if (!this.reader.read(bytes, start, end)) return false;
    this.take(bytes, this.reader.words, 0);
    for (let value = 0; value < this.next(0); value++)
      if (this.kind(value) === OBJECT && !this.areDifferent(value)) return false;
    return true;
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

  private areDifferent(object: number): boolean {
    const texts = [...this.members(object)].map((name) => this.text(name));
    if (texts.length > FEW_MEMBERS) return new Set(texts).size === texts.length;
    return texts.every((text, place) => texts.indexOf(text) === place);
  }
}
