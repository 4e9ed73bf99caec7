import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type Admitted, admit, warnOfStaleList } from './admit.ts';
import type { BrokenInput } from './broken-input.ts';
import { formatsOf, type InputFault, type ReleaseFormat } from './decide-records.ts';
import type { Guard, Job, Refusal, Refused } from './guard.ts';
import { Lease, leaseFrom } from './lease.ts';
import { PartsWork } from './parts-work.ts';
import { ReleaseRun } from './release-run.ts';
import type { Running, StopReason } from './release-store.ts';
import { ReleaseWork } from './release-work.ts';

export { BrokenInput } from './broken-input.ts';
export { formatsOf, type ReleaseFormat, releaseFormats } from './decide-records.ts';
export type { PartRefusal } from './part-refusal.ts';
export type { PartsWork } from './parts-work.ts';

/** What stops a release after it began; nothing has left. `column` or `line` say where, when it is the input. */
export type ReleaseFault = {
  readonly ok: false;
  readonly reason:
    | InputFault['reason']
    | BrokenInput['reason']
    | StopReason
    | Refusal
    | 'too-large'
    | 'disk-full';
  readonly column?: string;
  readonly line?: number;
};

/** A release that began. Exactly one of its two functions is to be called. */
export type StartedRelease = {
  readonly id: string;
  /**
   * Takes the whole input, decides, and commits the decision. Faults are recorded as `failed`. Throws when the
   * database does not answer: then nothing leaves.
   *
   * @param gone given when nobody is there any more to take what leaves: then it is decided no further, and fails
   */
  decide(
    input: AsyncIterable<Buffer>,
    gone?: AbortSignal,
  ): Promise<{ ok: true; decided: DecidedRelease } | ReleaseFault>;
  /** Gives up before any input was taken. */
  fail(reason: string): Promise<void>;
};

/** A release whose decision is final: everything permitted counts as having left. */
export type DecidedRelease = {
  readonly id: string;
  readonly format: ReleaseFormat;
  readonly counts: { readonly in: number; readonly out: number; readonly withheld: number };
  /** SHA-256 of what leaves, in hexadecimal, and its length in bytes. */
  readonly digest: string;
  readonly bytes: number;
  /** What leaves, once. It breaks with an error when the key is revoked or the extract suspended meanwhile. */
  content(): Readable;
  /** Fills `into` with what leaves from a position on: for a sender that uses its memory again. */
  read(into: Buffer, position: number): Promise<void>;
  /** Aborted when the key is revoked or the extract suspended meanwhile: what has not left by then stays. */
  readonly stopped: AbortSignal;
  /** To be called when everything was handed over, or when the connection broke; frees the spool. */
  end(ending: 'complete' | 'interrupted'): Promise<void>;
};

/** What leaves of one of the files of a release. */
export type DecidedPart = Omit<DecidedRelease, 'content' | 'end'> & {
  /** To be called with whether everything was handed over: then it cannot be had again. */
  end(isSent: boolean): Promise<void>;
};

/** What a release in parts has for a content type: each part has its own. */
export const IN_PARTS = 'multipart/mixed';

/**
 * Begins a release of an extract: checks key, state, dates, ground and what the practice has taken in, takes a place
 * among those at work, and writes its entry.
 *
 * @param format the content type of the input, one of those that the extract takes
 */
export async function startRelease(
  guard: Guard,
  job: Job,
  extractId: string,
  format: ReleaseFormat,
): Promise<{ ok: true; release: StartedRelease } | Refused> {
  const admitted = await admit(guard, job, extractId);
  if (!admitted.ok) return admitted;
  if (!formatsOf(admitted.version).includes(format)) return { ok: false, reason: 'wrong-type' };
  const begun = await begin(guard, job, admitted, format);
  return begun.ok ? { ok: true, release: new ReleaseWork(begun.run, format) } : begun;
}

/**
 * Begins a release whose files come one by one.
 *
 * @param forget called with the release when there is nothing more to do with it
 */
export async function startParts(
  guard: Guard,
  job: Job,
  extractId: string,
  forget: (id: string) => void,
): Promise<{ ok: true; release: PartsWork } | Refused> {
  const admitted = await admit(guard, job, extractId);
  if (!admitted.ok) return admitted;
  const begun = await begin(guard, job, admitted, IN_PARTS);
  if (!begun.ok) return begun;
  return { ok: true, release: new PartsWork(begun.run, () => forget(begun.run.release.id)) };
}

async function begin(
  guard: Guard,
  job: Job,
  admitted: Admitted,
  format: string,
): Promise<{ ok: true; run: ReleaseRun } | Refused> {
  const place = guard.room.take();
  if (place === undefined) return { ok: false, reason: 'too-many-releases' };
  let run: ReleaseRun | undefined;
  try {
    const release = runningFor(guard, job, admitted, format);
    const reason = await guard.releases.start(release, leaseFrom(release.startedAt));
    if (reason) return { ok: false, reason };
    await warnOfStaleList(guard, admitted, release.id);
    run = new ReleaseRun(guard, release, admitted, new Lease(guard, release), place);
    return { ok: true, run };
  } finally {
    if (run === undefined) place.free();
  }
}

function runningFor(guard: Guard, job: Job, { version }: Admitted, format: string): Running {
  return {
    id: randomUUID(),
    practiceId: job.practiceId,
    extractId: version.extractId,
    version: version.version,
    keyId: job.keyId,
    format,
    startedAt: guard.now(),
  };
}
