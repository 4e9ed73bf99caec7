import type { Sink } from '../../src/guard/output.ts';

/** Keeps what it is given. */
export class MemorySink implements Sink {
  private readonly chunks: Buffer[] = [];

  async write(bytes: Buffer): Promise<void> {
    this.chunks.push(Buffer.from(bytes));
  }

  bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}
