import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';

/** So many bytes are handed over at once, from one of two slots of memory that both threads see. */
const SLOT = 256 * 1024;

/** What the other thread runs: as text, so that it is the same however this file itself is run. */
const PROGRAM = `
  const { parentPort } = require('node:worker_threads');
  const { createHash } = require('node:crypto');
  const hashes = new Map();
  parentPort.on('message', ({ id, bytes, drop }) => {
    if (!hashes.has(id)) hashes.set(id, createHash('sha256'));
    if (bytes) parentPort.postMessage({ id, done: hashes.get(id).update(bytes) && true });
    else {
      if (!drop) parentPort.postMessage({ id, digest: hashes.get(id).digest('hex') });
      hashes.delete(id);
    }
  });
`;

type Answer = { readonly id: number; readonly digest?: string };
type Waiting = { readonly resolve: (digest: string) => void; readonly reject: (error: Error) => void };

/** The other thread: one for all digests of this process, started when there is much to digest for the first time. */
class Thread {
  private static current: Thread | undefined;
  /** What each digest waits for, in order. */
  private readonly waiting = new Map<number, Waiting[]>();
  private readonly worker = new Worker(PROGRAM, {
    eval: true,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 32 },
  });

  private constructor() {
    this.worker.unref();
    this.worker.on('message', ({ id, digest = '' }: Answer) => {
      const own = this.waiting.get(id) ?? [];
      own.shift()?.resolve(digest);
      if (own.length === 0) this.waiting.delete(id);
      if (this.waiting.size === 0) this.worker.unref();
    });
    this.worker.once('error', (error) => this.fail(error));
    this.worker.once('exit', () => this.fail(new Error('The thread that digests has ended')));
  }

  static get(): Thread {
    Thread.current ??= new Thread();
    return Thread.current;
  }

  /** Sends a message that is answered. */
  ask(id: number, message: object): Promise<string> {
    this.worker.ref();
    const answer = new Promise<string>((resolve, reject) => {
      const own = this.waiting.get(id) ?? [];
      own.push({ resolve, reject });
      this.waiting.set(id, own);
    });
    // Where it is not waited for, the digest as a whole fails.
    answer.catch(() => undefined);
    this.worker.postMessage({ id, ...message });
    return answer;
  }

  drop(id: number): void {
    this.worker.postMessage({ id, drop: true });
  }

  private fail(error: Error): void {
    if (Thread.current === this) Thread.current = undefined;
    for (const own of this.waiting.values()) for (const { reject } of own) reject(error);
    this.waiting.clear();
  }
}

let lastId = 0;

/** SHA-256 of bytes that come one after the other, made in another thread: it costs more than deciding them does. */
export class Digest {
  private readonly id = ++lastId;
  private thread: Thread | undefined;
  private slot: Slot = { free: Promise.resolve('') };
  private other: Slot = { free: Promise.resolve('') };
  private used = 0;

  /** Adds bytes, which are the caller's again when the promise resolves. */
  async update(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; ) {
      if (this.used === 0) await this.slot.free;
      this.slot.bytes ??= new Uint8Array(new SharedArrayBuffer(SLOT));
      const size = Math.min(SLOT - this.used, bytes.length - from);
      this.slot.bytes.set(size === bytes.length ? bytes : bytes.subarray(from, from + size), this.used);
      this.used += size;
      from += size;
      if (this.used === SLOT) this.send();
    }
  }

  /** The digest in hexadecimal; once, at the end. What is little as a whole is digested here. */
  async digest(): Promise<string> {
    const { thread, slot, used } = this;
    if (thread === undefined)
      return createHash('sha256')
        .update(slot.bytes?.subarray(0, used) ?? '')
        .digest('hex');
    if (used > 0) this.send();
    this.thread = undefined;
    await this.slot.free;
    await this.other.free;
    return thread.ask(this.id, {});
  }

  /** Lets go of a digest that nobody wants any more; afterwards and after digest() it does nothing. */
  drop(): void {
    this.thread?.drop(this.id);
    this.thread = undefined;
  }

  private send(): void {
    this.thread ??= Thread.get();
    const { slot } = this;
    slot.free = this.thread.ask(this.id, { bytes: slot.bytes?.subarray(0, this.used) });
    this.slot = this.other;
    this.other = slot;
    this.used = 0;
  }
}

type Slot = { bytes?: Uint8Array; free: Promise<string> };
