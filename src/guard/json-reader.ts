import { ARRAY, ESCAPED, LITERAL, NUMBER, OBJECT, STRING, WORDS } from './json-kinds.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Deeper than any record that somebody wrote on purpose. */
const MOST_DEPTH = 100;

/** Cuts a JSON text (RFC 8259) into values, byte by byte, for json-tape.ts, which says what `words` tell of them. */
export class JsonReader {
  words: Int32Array = new Int32Array(256 * WORDS);
  private bytes: Buffer = Buffer.alloc(0);
  private count = 0;
  private at = 0;
  private limit = 0;

  /** Reads the one value in some bytes, valid UTF-8. False: it is not JSON, or too deep. */
  read(bytes: Buffer, start: number, end: number): boolean {
    this.bytes = bytes;
    this.count = 0;
    this.at = start;
    this.limit = end;
    this.space();
    if (!this.value(0)) return false;
    this.space();
    return this.at === end;
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
    if (this.comes(0x7d)) return this.close(object);
    do {
      this.space();
      if (this.at >= this.limit || this.bytes[this.at] !== QUOTE || !this.string()) return false;
      if (!this.comes(0x3a)) return false;
      this.space();
      if (!this.value(depth + 1)) return false;
    } while (this.comes(0x2c));
    return this.comes(0x7d) && this.close(object);
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
      this.words[WORDS * string + 3] = STRING | ESCAPED;
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
    if (WORDS * this.count === this.words.length) this.makeRoom();
    this.words[WORDS * this.count] = this.at++;
    this.words[WORDS * this.count + 3] = kind;
    return this.count++;
  }

  private close(value: number): true {
    this.words[WORDS * value + 1] = this.at;
    this.words[WORDS * value + 2] = this.count;
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

  private makeRoom(): void {
    const larger = new Int32Array(2 * this.words.length);
    larger.set(this.words);
    this.words = larger;
  }
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isHex = (byte: number): boolean => isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
const isEscape = (byte: number): boolean => byte !== 0 && '"\\/bfnrt'.includes(String.fromCharCode(byte));
