/** That a file of a batch is being taken away, or was: by whom, and how far it has come. */
export type Taking = {
  readonly id: string;
  readonly runId: string;
  /** `standard`, `large-print` and `page` of letters (run-contents.ts), `all` or `part-2` of their page to print; `messages`. */
  readonly file: string;
  /** How many letters or messages it has, and how many of them were made. */
  readonly count: number;
  readonly done: number;
  readonly startedAt: Date;
  /** Id of who takes it. */
  readonly startedBy: string;
  /** When it last came on. */
  readonly seenAt: Date;
  /** When all of it had been given. */
  readonly endedAt: Date | null;
  /** When whoever took it went away half-way, or it failed. */
  readonly stoppedAt: Date | null;
};

export type TakingState = 'coming' | 'taken' | 'stopped';

/** Milliseconds without any progress after which whoever gave the file has died. */
const SILENCE = 60_000;

/** @returns how it is with a taking */
export function takingState(
  { seenAt, endedAt, stoppedAt }: Pick<Taking, 'seenAt' | 'endedAt' | 'stoppedAt'>,
  now: Date,
): TakingState {
  if (endedAt !== null) return 'taken';
  return stoppedAt !== null || now.getTime() - seenAt.getTime() > SILENCE ? 'stopped' : 'coming';
}
