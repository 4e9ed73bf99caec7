import { isUtf8 } from 'node:buffer';

/**
 * Lets through valid UTF-8 only, whatever the chunks: a character cut in two is held back until the rest arrives.
 * So what comes through, and where it stops, depends on the bytes alone.
 */
export class Utf8Gate {
  broken = false;
  private held = Buffer.alloc(0);

  /** The valid bytes that a chunk adds; when `broken`, those before the first that is not UTF-8. */
  admit(chunk: Buffer): Buffer[] {
    const admitted: Buffer[] = [];
    let from = 0;
    if (this.held.length > 0) {
      const missing = lengthOfCharacter(this.held[0] as number) - this.held.length;
      from = Math.min(missing, chunk.length);
      const character = Buffer.concat([this.held, chunk.subarray(0, from)]);
      this.held = character;
      if (from < missing) return admitted;
      this.held = Buffer.alloc(0);
      if (!this.check(character)) return admitted;
      admitted.push(character);
    }
    const end = chunk.length - unfinished(chunk, from);
    const body = chunk.subarray(from, end);
    admitted.push(this.check(body) ? body : body.subarray(0, validLength(body)));
    this.held = Buffer.from(chunk.subarray(end));
    return admitted;
  }

  /** After the last chunk: a character without its end is not one. */
  finish(): void {
    if (this.held.length > 0) this.broken = true;
  }

  private check(bytes: Buffer): boolean {
    if (!isUtf8(bytes)) this.broken = true;
    return !this.broken;
  }
}

/** How many bytes the character that begins so has; 1 for a byte that can begin none. */
function lengthOfCharacter(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 1;
}

/** How many bytes at the end of a chunk begin a character that it does not finish. */
function unfinished(chunk: Buffer, from: number): number {
  for (let back = 1; back <= 3 && chunk.length - back >= from; back++) {
    const byte = chunk[chunk.length - back] as number;
    if (byte >= 0x80 && byte < 0xc0) continue;
    return lengthOfCharacter(byte) > back ? back : 0;
  }
  return 0;
}

function validLength(bytes: Buffer): number {
  let length = 0;
  for (;;) {
    const next = length + lengthOfCharacter(bytes[length] as number);
    if (!isUtf8(bytes.subarray(length, next))) return length;
    length = next;
  }
}
