const SMALLEST = 64 * 1024;

/** Puts a chunk behind what was left of the one before, copying little even when the chunks are tiny. */
export class Window {
  private own: Buffer = Buffer.alloc(0);

  /**
   * @param bytes what the last call gave, or the first chunk
   * @param from the first byte of it that is still wanted
   * @returns the bytes from there on, with the chunk behind them: good until the next call
   */
  append(bytes: Buffer, from: number, chunk: Buffer): Buffer {
    const rest = bytes.length - from;
    if (rest === 0) return chunk;
    const size = rest + chunk.length;
    const { own } = this;
    if (size > own.length) this.own = Buffer.allocUnsafe(Math.max(2 * size, SMALLEST));
    const isThere = this.own === own && from === 0 && bytes.buffer === own.buffer;
    if (!isThere) bytes.copy(this.own, 0, from);
    chunk.copy(this.own, rest);
    return this.own.subarray(0, size);
  }
}
