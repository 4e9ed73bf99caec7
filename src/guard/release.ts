import type { Readable } from 'node:stream';
import type { InputFault } from './decide-rows.ts';
import type { Guard, Job, Refusal, Refused } from './guard.ts';

/** What stops a release after it began; nothing has left. `column` or `line` say where, when it is the input. */
export type ReleaseFault = {
  readonly ok: false;
  readonly reason:
    | InputFault['reason']
    | Refusal
    | BrokenInput['reason']
    | 'too-large'
    | 'unusual-number'
    | 'self-test'
    | 'too-many-unreadable'
    | 'interrupted';
  readonly column?: string;
  readonly line?: number;
};

/** Thrown by an input that cannot go on: the release is recorded as failed, for this reason. */
export class BrokenInput extends Error {
  constructor(readonly reason: 'client-stopped' | 'client-gone' | 'gzip-broken' | 'gzip-ratio') {
    super(`The input broke: ${reason}`);
  }
}

/** A release that began. Exactly one of its two functions is to be called. */
export type StartedRelease = {
  readonly id: string;
  /**
   * Takes the whole input, decides, and commits the decision. Faults are recorded as `failed`. Throws when the
   * database does not answer: then nothing was decided, and nothing leaves.
   */
  decide(input: AsyncIterable<Buffer>): Promise<{ ok: true; decided: DecidedRelease } | ReleaseFault>;
  /** Gives up before any input was taken. */
  fail(reason: string): Promise<void>;
};

/** A release whose decision is final. */
export type DecidedRelease = {
  readonly id: string;
  readonly counts: { readonly in: number; readonly out: number; readonly withheld: number };
  /** SHA-256 of what leaves, in hexadecimal, and its length in bytes. */
  readonly digest: string;
  readonly bytes: number;
  /**
   * What leaves, once. It breaks with an error when the key is revoked or the extract suspended meanwhile.
   */
  content(): Readable;
  /** To be called when everything was handed over, or when the connection broke; frees the spool. */
  end(ending: 'complete' | 'interrupted'): Promise<void>;
};

/**
 * Begins a release of an extract: checks key, state, dates, ground and what the practice has taken in, and writes
 * its entry.
 *
 * @param format the content type of the input, such as `text/csv`
 */
export async function startRelease(
  _guard: Guard,
  _job: Job,
  _extractId: string,
  _format: string,
): Promise<{ ok: true; release: StartedRelease } | Refused> {
  throw new Error('Being written');
}
