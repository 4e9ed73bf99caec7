import { Worker } from 'node:worker_threads';

/** What has to have a digest: bytes, then spans of the text that the thread has, then more text. */
export type Digested = {
  readonly before: Uint8Array;
  /** Where each span begins and ends, in bytes. */
  readonly spans: Uint32Array;
  readonly after: string;
  /** SHA-256 over all of it, in hexadecimal. */
  readonly digest: string;
};

/** What the other thread runs: as text, so that it is the same however this file itself is run. */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { createHash } = require('node:crypto');
  parentPort.on('message', (all) => {
    const first = all.findIndex(({ before, spans, after, digest }) => {
      const hash = createHash('sha256').update(before);
      for (let at = 0; at < spans.length; at += 2) hash.update(workerData.subarray(spans[at], spans[at + 1]));
      return hash.update(after).digest('hex') !== digest;
    });
    parentPort.postMessage(first);
  });
`;

type Waiting = { readonly resolve: (first: number) => void; readonly reject: (error: Error) => void };

/** Another thread that finds out which digests are wrong, while this one goes on. */
export class DigestThread {
  readonly #waiting: Waiting[] = [];
  readonly #worker: Worker;
  /** Why the thread is gone: who asks after that would wait for ever. */
  #gone: Error | undefined;

  /** @param text what the spans are of */
  constructor(text: Uint8Array) {
    this.#worker = new Worker(PROGRAM, {
      ...{ eval: true, execArgv: [], workerData: text },
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 },
    });
    this.#worker.on('message', (first: number) => this.#waiting.shift()?.resolve(first));
    this.#worker.once('error', (error) => this.#fail(error));
    this.#worker.once('exit', () => this.#fail(new Error('The thread that digests has ended')));
  }

  /** The place of the first that does not have its digest; -1 when all do. */
  firstWrong(all: readonly Digested[]): Promise<number> {
    if (this.#gone !== undefined) return Promise.reject(this.#gone);
    const answer = new Promise<number>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    // Where it is not waited for, because something else was wrong, nobody needs to know.
    answer.catch(() => undefined);
    this.#worker.postMessage(all);
    return answer;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#gone ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
