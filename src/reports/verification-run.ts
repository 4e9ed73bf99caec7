import { randomUUID } from 'node:crypto';

/** A check of the whole ledger that somebody asked for. */
export type VerificationRun = {
  readonly id: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  /** Renewed while it works; past it, it was interrupted. */
  readonly leaseUntil: Date;
  /** Entries looked at, of how many. */
  readonly done: number;
  readonly size: number;
  readonly endedAt: Date | null;
};

export interface VerificationRunStore {
  /** Null when the practice has no such run, whoever else has. */
  find(practiceId: string, id: string): Promise<VerificationRun | null>;
  /** The last that was asked for. */
  last(practiceId: string): Promise<VerificationRun | null>;
  /** Runs `begin` under the practice's lock with the last run, and keeps what it gives. */
  begin(
    practiceId: string,
    begin: (last: VerificationRun | null) => VerificationRun | undefined,
  ): Promise<VerificationRun | undefined>;
  /** How far it is; `done` and `size` as they were when absent. */
  save(
    id: string,
    change: Partial<Pick<VerificationRun, 'done' | 'size' | 'leaseUntil' | 'endedAt'>>,
  ): Promise<void>;
}

/** How long a run may say nothing, in milliseconds. */
export const RUN_LEASE = 60_000;
/** Between the beginnings of two runs of a practice, in milliseconds: a check works the machine for up to a minute. */
export const RUN_EVERY = 10 * 60_000;

export const isRunning = ({ endedAt, leaseUntil }: VerificationRun, now: Date): boolean =>
  endedAt === null && leaseUntil > now;

export type RunAsked =
  | { readonly ok: true; readonly run: VerificationRun }
  /** `running`: one runs already. `too-soon`: the last began less than ten minutes ago. `run` is that one. */
  | { readonly ok: false; readonly reason: 'running' | 'too-soon'; readonly run: VerificationRun };

/** Writes down that somebody asks for a check of the whole ledger: one at a time in a practice, one in ten minutes. */
export async function askForRun(
  store: VerificationRunStore,
  { practiceId }: { readonly practiceId: string },
  by: { readonly id: string },
  now: Date,
): Promise<RunAsked> {
  let before: VerificationRun | undefined;
  const run = await store.begin(practiceId, (last) => {
    if (last !== null && now.getTime() - last.askedAt.getTime() < RUN_EVERY) before = last;
    if (last !== null && isRunning(last, now)) before = last;
    if (before !== undefined) return undefined;
    const leaseUntil = new Date(now.getTime() + RUN_LEASE);
    return { id: randomUUID(), askedBy: by.id, askedAt: now, leaseUntil, done: 0, size: 0, endedAt: null };
  });
  if (run !== undefined) return { ok: true, run };
  const last = before as VerificationRun;
  return { ok: false, reason: isRunning(last, now) ? 'running' : 'too-soon', run: last };
}
