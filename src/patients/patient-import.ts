/** How an import stands. `waiting`: so many people would be marked as gone that a manager has to say so. */
export type ImportStatus = 'running' | 'complete' | 'failed' | 'waiting' | 'interrupted' | 'undone';

/** How many rows came to what; together they are the rows done. */
export type ImportCounts = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  /** Of whom the file itself says that they have left. */
  readonly left: number;
  readonly ambiguous: number;
};

/** One taking in of a patient list. */
export type PatientImport = {
  readonly id: string;
  readonly fileName: string;
  /** SHA-256 of the file, hex. */
  readonly fileDigest: string;
  /** Whether the file has everybody: who is not in it is gone. */
  readonly wholeList: boolean;
  readonly startedAt: Date;
  /** Id of who started it. */
  readonly startedBy: string;
  readonly leaseUntil: Date;
  readonly endedAt: Date | null;
  readonly status: ImportStatus;
  readonly message: string | null;
  readonly rows: number;
  readonly done: number;
  readonly counts: ImportCounts;
  /** People marked as gone, or, while it waits, those who would be. */
  readonly gone: number;
  /** When and by whom it was undone. */
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
};

/** An import that has not said for so long that it works is taken as interrupted, in milliseconds. */
export const LEASE_MS = 60_000;

/** From this share of the registered patients on, marking the absent as gone waits for a manager. */
export const GONE_SHARE = 0.05;

/** How an import stands at a moment: one whose process died says `running` until its lease is over. */
export function statusAt({ status, leaseUntil }: PatientImport, now: Date): ImportStatus {
  return status === 'running' && leaseUntil < now ? 'interrupted' : status;
}

/** Whether the people absent from a whole list are too many to be marked as gone without a manager. */
export function needsManager(absent: number, registered: number): boolean {
  return absent > registered * GONE_SHARE;
}
