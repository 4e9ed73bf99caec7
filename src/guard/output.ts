import { Digest } from './digest.ts';

/** Where bytes go. The bytes are the writer's again when the promise resolves. */
export interface Sink {
  write(bytes: Buffer): Promise<unknown>;
}

/** So few bytes are copied faster one by one than by a call. */
const SHORT = 48;
const FIRST_ROOM = 4 * 1024;
const FLUSH_AT = 512 * 1024;

/** A sink that also digests what it passes on. */
export class DigestingSink implements Sink {
  private readonly digested = new Digest();

  constructor(private readonly sink: Sink) {}

  async write(bytes: Buffer): Promise<void> {
    await Promise.all([this.digested.update(bytes), this.sink.write(bytes)]);
  }

  /** SHA-256 in hexadecimal; once, at the end. */
  digest(): Promise<string> {
    return this.digested.digest();
  }

  drop(): void {
    this.digested.drop();
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

/** Gathers small pieces for a sink. While that takes what was gathered, more is gathered. */
export class Output {
  private buffer = Buffer.allocUnsafe(FIRST_ROOM);
  /** Used in turn with `buffer`; free when what was handed over is written. */
  private spare = Buffer.allocUnsafe(0);
  private handed: Promise<unknown> = Promise.resolve();
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

  /** Adds many such integers, as machines on which Node runs keep them. */
  words(integers: Int32Array, count: number): void {
    this.room(4 * count);
    this.buffer.set(new Uint8Array(integers.buffer, integers.byteOffset, 4 * count), this.used);
    this.used += 4 * count;
  }

  /** Hands over what was gathered, when it is much; waits until the sink has taken what it got before. */
  async flushWhenFull(): Promise<void> {
    if (this.used >= FLUSH_AT) await this.handOver();
  }

  /** Hands over what was gathered, and waits until the sink has taken everything. */
  async flush(): Promise<void> {
    await this.handOver();
    await this.handed;
  }

  /** Waits until the sink works on nothing any more, whatever came of it. */
  async settled(): Promise<void> {
    await this.handed.catch(() => undefined);
  }

  private async handOver(): Promise<void> {
    await this.handed;
    if (this.used === 0) return;
    const { buffer, used } = this;
    this.handed = this.sink.write(buffer.subarray(0, used));
    // It fails where it is waited for.
    this.handed.catch(() => undefined);
    this.buffer = this.spare;
    this.spare = buffer;
    this.written += used;
    this.used = 0;
  }

  private room(wanted: number): void {
    if (this.used + wanted <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.used + wanted));
    this.buffer.copy(larger, 0, 0, this.used);
    this.buffer = larger;
  }
}
