import { createHash, type Hash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { FilledSlot } from './filled-slot.ts';

/** So many bytes are handed over at once, from one of two slots of memory that both threads see: to say so costs 80 µs. */
const SLOT = 1024 * 1024;

/** What the other thread runs: as text, so that it is the same however this file itself is run. */
const PROGRAM = `
  const { parentPort } = require('node:worker_threads');
  const { createHash } = require('node:crypto');
  const open = new Map();
  parentPort.on('message', ([id, what, given]) => {
    if (what === 'slots') open.set(id, { hash: createHash('sha256'), slots: given });
    else if (what === 'end') parentPort.postMessage([id, open.get(id).hash.digest('hex')]);
    else if (what !== 'drop') {
      const { hash, slots } = open.get(id);
      for (let at = 0; at < given.length; at += 2) hash.update(slots[what].subarray(given[at], given[at + 1]));
      parentPort.postMessage([id, '']);
    }
    if (what === 'end' || what === 'drop') open.delete(id);
  });
`;

/** Of a digest by its id: its slots, from where to where to digest one, its end, or that nobody wants it any more. */
type Message =
  | readonly [id: number, what: 'slots', slots: readonly Uint8Array[]]
  | readonly [id: number, slot: 0 | 1, bounds: readonly number[]]
  | readonly [id: number, what: 'end' | 'drop'];

type Answer = readonly [id: number, digest: string];
type Waiting = { readonly resolve: (digest: string) => void; readonly reject: (error: Error) => void };

/** The other thread: one for all digests of this process, started when there is much to digest for the first time. */
class Thread {
  private static current: Thread | undefined;
  /** Why the thread is gone: who asks after that would wait for ever. */
  private gone: Error | undefined;
  /** What each digest waits for, in order. */
  private readonly waiting = new Map<number, Waiting[]>();
  private readonly worker = new Worker(PROGRAM, {
    eval: true,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 32 },
  });

  private constructor() {
    this.worker.unref();
    this.worker.on('message', ([id, digest]: Answer) => {
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
  ask(message: Message): Promise<string> {
    const [id] = message;
    const answer = new Promise<string>((resolve, reject) => {
      if (this.gone !== undefined) return reject(this.gone);
      this.worker.ref();
      const own = this.waiting.get(id) ?? [];
      own.push({ resolve, reject });
      this.waiting.set(id, own);
    });
    // Where it is not waited for, the digest as a whole fails.
    answer.catch(() => undefined);
    this.tell(message);
    return answer;
  }

  tell(message: Message): void {
    this.worker.postMessage(message);
  }

  private fail(error: Error): void {
    this.gone ??= error;
    if (Thread.current === this) Thread.current = undefined;
    for (const own of this.waiting.values()) for (const { reject } of own) reject(error);
    this.waiting.clear();
  }
}

let lastId = 0;

/**
 * Slots that are free again. None is ever let go of: the other thread has made objects of its own for it, which it has no
 * reason to collect, so that the memory would be lost for good. Four releases at once have as many as they want.
 */
const spare: Uint8Array[] = [];
const MOST_SLOTS = 16;
let made = 0;

/** Undefined when all are in use. */
function takeSlot(): Uint8Array | undefined {
  if (spare.length > 0 || made === MOST_SLOTS) return spare.pop();
  made++;
  return new Uint8Array(new SharedArrayBuffer(SLOT));
}

/**
 * SHA-256 of bytes that come one after the other, made in another thread: it costs more than deciding them does. Where so
 * many are made at once that there is no slot, it is made here.
 */
export class Digest {
  private readonly id = ++lastId;
  private thread: Thread | undefined;
  private here: Hash | undefined;
  private readonly slots: Uint8Array[] = [];
  /** Of each slot, when it may be filled again. */
  private readonly free: [Promise<unknown>, Promise<unknown>] = [Promise.resolve(), Promise.resolve()];
  private slot: 0 | 1 = 0;
  private readonly filled = new FilledSlot();
  private isDropped = false;

  /** Adds bytes, which are the caller's again when the promise resolves. */
  async update(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; ) {
      if (this.filled.isEmpty) await this.free[this.slot];
      // Meanwhile, as when the disk refused the same bytes: a slot that it took now, nobody would give back.
      if (this.isDropped) return;
      const slot = this.slotAt(this.slot);
      if (slot === undefined) {
        this.here ??= createHash('sha256');
        this.here.update(bytes.subarray(from));
        return;
      }
      from += this.filled.add(slot, from === 0 ? bytes : bytes.subarray(from));
      if (from < bytes.length) this.send();
    }
  }

  /** The digest in hexadecimal; once, at the end. What is little as a whole is digested here. */
  async digest(): Promise<string> {
    const { thread, id } = this;
    if (thread === undefined) {
      const hash = this.here ?? this.digestHere();
      this.giveBack();
      return hash.digest('hex');
    }
    if (!this.filled.isEmpty) this.send();
    this.thread = undefined;
    await Promise.all(this.free);
    this.giveBack();
    return thread.ask([id, 'end']);
  }

  /** Lets go of a digest that nobody wants any more; afterwards and after digest() it does nothing. */
  drop(): void {
    this.isDropped = true;
    this.thread?.tell([this.id, 'drop']);
    this.thread = undefined;
    // What the thread may still read of them comes to nothing.
    this.giveBack();
  }

  private send(): void {
    if (this.thread === undefined) {
      const [first, second] = [this.slotAt(0), this.slotAt(1)];
      if (first === undefined || second === undefined) {
        // There is a first slot, which is full, and no second one.
        this.here = this.digestHere();
        this.giveBack();
        return;
      }
      this.thread = Thread.get();
      this.thread.tell([this.id, 'slots', [first, second]]);
    }
    this.free[this.slot] = this.thread.ask([this.id, this.slot, this.filled.take()]);
    this.slot = this.slot === 0 ? 1 : 0;
  }

  /** A digest of what stands in the first slot. */
  private digestHere(): Hash {
    const [slot, hash, bounds] = [this.slots[0], createHash('sha256'), this.filled.take()];
    for (let at = 0; at < bounds.length; at += 2)
      hash.update(slot?.subarray(bounds[at], bounds[at + 1]) ?? '');
    return hash;
  }

  /** Undefined for who has none, and from then on makes the digest here. */
  private slotAt(place: 0 | 1): Uint8Array | undefined {
    if (this.here !== undefined) return undefined;
    const slot = this.slots[place] ?? takeSlot();
    if (slot !== undefined) this.slots[place] = slot;
    return slot;
  }

  private giveBack(): void {
    spare.push(...this.slots.splice(0));
  }
}
