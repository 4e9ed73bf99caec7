import type { IncomingMessage } from 'node:http';
import { BrokenInput } from '../../guard/release.ts';

/** How much may wait to be taken before the client is made to wait, in bytes. */
const ENOUGH = 1024 * 1024;

/**
 * The body of a request as it arrives: never more in memory than a piece, and never waited for without end.
 * To be read once. Throws BrokenInput when the client stops sending or is gone: of a body that never becomes whole,
 * nothing that has come is worked on any more.
 */
export class ArrivingBody implements AsyncIterable<Buffer> {
  private readonly waiting: Buffer[] = [];
  private size = 0;
  private dropped = false;
  private wake = () => {};

  /** @param stallMs how long the client may make no progress while it is waited for, in milliseconds */
  constructor(
    private readonly req: IncomingMessage,
    private readonly stallMs: number,
  ) {
    req.on('data', (chunk: Buffer) => this.take(chunk));
    req.once('end', () => this.wake());
    req.once('close', () => this.wake());
    // What broke shows in `close`; without a listener it would end the process.
    req.on('error', () => {});
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      while (!this.dropped) {
        if (this.req.destroyed && !this.req.complete) throw new BrokenInput('client-gone');
        const chunk = this.waiting.shift();
        if (chunk !== undefined) {
          this.size -= chunk.length;
          yield chunk;
        } else if (this.req.readableEnded) return;
        else if (this.req.destroyed) throw new BrokenInput('client-gone');
        else await this.more();
      }
    } finally {
      // Writing down how it ended may take long, and needs none of it.
      this.drop();
    }
  }

  /** Lets go of what is there and of all that still comes. */
  drop(): void {
    this.dropped = true;
    this.waiting.length = 0;
    this.req.resume();
    this.wake();
  }

  private take(chunk: Buffer): void {
    if (this.dropped) return;
    this.waiting.push(chunk);
    this.size += chunk.length;
    if (this.size >= ENOUGH) this.req.pause();
    this.wake();
  }

  private more(): Promise<void> {
    this.req.resume();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new BrokenInput('client-stopped')), this.stallMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
