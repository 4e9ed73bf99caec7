import { createHash } from 'node:crypto';

/** Where bytes go. The bytes are the writer's again when the promise resolves. */
export interface Sink {
  write(bytes: Buffer): Promise<unknown>;
}

/** So few bytes are copied faster one by one than by a call. */
const SHORT = 48;
const FIRST_ROOM = 4 * 1024;
const FLUSH_AT = 256 * 1024;

/** A sink that also digests what it passes on. */
export class DigestingSink implements Sink {
  private readonly hash = createHash('sha256');

  constructor(private readonly sink: Sink) {}

  async write(bytes: Buffer): Promise<void> {
    this.hash.update(bytes);
    await this.sink.write(bytes);
  }

  /** SHA-256 in hexadecimal; once, at the end. */
  digest(): string {
    return this.hash.digest('hex');
  }
}

/** A sink that keeps what it is given, for what is small: a self-test, a sample. */
export function collect(): Sink & { bytes(): Buffer } {
  const chunks: Buffer[] = [];
  return {
    write: async (chunk) => chunks.push(Buffer.from(chunk)),
    bytes: () => Buffer.concat(chunks),
  };
}

/** Gathers small pieces for a sink. */
export class Output {
  private buffer = Buffer.allocUnsafe(FIRST_ROOM);
  private used = 0;
  private written = 0;

  constructor(private readonly sink: Sink) {}

  /** How many bytes were given so far. */
  get length(): number {
    return this.written + this.used;
  }

  copy(bytes: Buffer, start: number, end: number): void {
    this.room(end - start);
    if (end - start > SHORT) this.used += bytes.copy(this.buffer, this.used, start, end);
    else {
      const { buffer } = this;
      let { used } = this;
      for (let at = start; at < end; at++) buffer[used++] = bytes[at] as number;
      this.used = used;
    }
  }

  /** Adds a short text in ASCII. */
  text(text: string): void {
    this.room(text.length);
    for (let i = 0; i < text.length; i++) this.buffer[this.used++] = text.charCodeAt(i);
  }

  byte(byte: number): void {
    this.room(1);
    this.buffer[this.used++] = byte;
  }

  /** Adds an integer of 32 bits, least significant byte first. */
  uint32(value: number): void {
    this.room(4);
    const { buffer, used } = this;
    buffer[used] = value;
    buffer[used + 1] = value >>> 8;
    buffer[used + 2] = value >>> 16;
    buffer[used + 3] = value >>> 24;
    this.used = used + 4;
  }

  /** Hands over what was gathered, when it is much; waits until the sink has taken it. */
  async flushWhenFull(): Promise<void> {
    if (this.used >= FLUSH_AT) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.used === 0) return;
    await this.sink.write(this.buffer.subarray(0, this.used));
    this.written += this.used;
    this.used = 0;
  }

  private room(wanted: number): void {
    if (this.used + wanted <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.used + wanted));
    this.buffer.copy(larger, 0, 0, this.used);
    this.buffer = larger;
  }
}
