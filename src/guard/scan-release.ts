import type { Reason } from './decide.ts';
import {
  type Head,
  type InputFault,
  type Plan,
  type RecordDecider,
  type ReleaseFormat,
  ReleaseMemory,
} from './decide-records.ts';
import { Digest } from './digest.ts';
import type { Membership } from './membership.ts';
import { openDecider } from './open-decider.ts';
import { DigestingSink, Output, type Sink } from './output.ts';
import { Utf8Gate } from './utf8.ts';

/** Where the permitted rows go, and a note of each that lets it be taken out again (take-out.ts). */
export type Sinks = { readonly rows: Sink; readonly notes: Sink };

/** What is scanned: a file of one format, by itself or as one of the files of a release. */
export type Scan = {
  readonly format: ReleaseFormat;
  readonly memory: ReleaseMemory;
  /** Whether there may be nothing in it: one of several files may have no resource of its type. */
  readonly mayBeEmpty: boolean;
};

/** What a scan came to. Nothing has left yet. */
export type Scanned = {
  /** Undefined when there was nothing in it. */
  readonly head: Head | undefined;
  /** Data rows; the header is not counted. */
  readonly counts: { readonly in: number; readonly out: number; readonly withheld: number };
  /** Rows withheld, by reason. */
  readonly reasons: ReadonlyMap<Reason, number>;
  /** Values that left empty because their treatment could not read them. */
  readonly emptied: number;
  readonly membership: Membership;
  /** SHA-256 in hexadecimal. */
  readonly digests: { readonly in: string; readonly out: string };
  readonly bytesOut: number;
};

type Outputs = {
  readonly digestIn: Digest;
  readonly out: DigestingSink;
  readonly rows: Output;
  readonly notes: Output;
};

/** Input is worked on in pieces of this size, so that memory stays the same whatever the chunks. */
const PIECE = 64 * 1024;

/**
 * Decides every row of a file, and writes what is permitted to a sink.
 *
 * @param input the file, in chunks of any size; an error that it throws is passed on
 * @param scan by default a CSV file, by itself
 * @returns what it came to, or why the whole input cannot be released
 */
export async function scanRelease(
  input: AsyncIterable<Buffer> | Iterable<Buffer>,
  plan: Plan,
  sinks: Sinks,
  { format = 'text/csv', memory = new ReleaseMemory(plan), mayBeEmpty = false }: Partial<Scan> = {},
): Promise<({ ok: true } & Scanned) | ({ ok: false } & InputFault)> {
  const digestIn = new Digest();
  const out = new DigestingSink(sinks.rows);
  const rows = new Output(out);
  const notes = new Output(sinks.notes);
  try {
    return await scanTo({ digestIn, out, rows, notes }, input, plan, { format, memory, mayBeEmpty });
  } finally {
    await rows.settled();
    await notes.settled();
    digestIn.drop();
    out.drop();
  }
}

async function scanTo(
  { digestIn, out, rows, notes }: Outputs,
  input: AsyncIterable<Buffer> | Iterable<Buffer>,
  plan: Plan,
  { format, memory, mayBeEmpty }: Scan,
): ReturnType<typeof scanRelease> {
  const decider = openDecider(format, plan, memory, { rows, notes });
  const gate = new Utf8Gate();

  for await (const chunk of input) {
    await digestIn.update(chunk);
    for (let at = 0; at < chunk.length; at += PIECE) {
      const making = decider.ready?.();
      if (making !== undefined) await making;
      const fault = decideValid(gate, decider, chunk.subarray(at, at + PIECE));
      if (fault) return { ok: false, ...fault };
      await rows.flushWhenFull();
      await notes.flushWhenFull();
    }
  }
  gate.finish();
  const fault: InputFault | undefined = gate.broken ? { reason: 'not-utf-8' } : decider.finish();
  if (fault) return { ok: false, ...fault };
  const { rowsIn, rowsOut, reasons, emptied, head } = decider;
  if (head === undefined && !mayBeEmpty) return { ok: false, reason: 'empty-body' };
  await rows.flush();
  await notes.flush();

  return {
    ok: true,
    head,
    counts: { in: rowsIn, out: rowsOut, withheld: rowsIn - rowsOut },
    reasons,
    emptied,
    membership: memory.people.membership,
    digests: { in: await digestIn.digest(), out: await out.digest() },
    bytesOut: rows.length,
  };
}

function decideValid(gate: Utf8Gate, decider: RecordDecider, piece: Buffer): InputFault | undefined {
  for (const valid of gate.admit(piece)) {
    const fault = decider.take(valid);
    if (fault) return fault;
  }
  return gate.broken ? { reason: 'not-utf-8' } : undefined;
}
