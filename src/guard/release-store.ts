import type { ExtractNotInForce } from '../extracts/extract.ts';
import type { AccountRecord, Applies, Ending, ReleaseRecord } from '../ledger/release-entry.ts';
import type { PatientRecord } from './patient-index.ts';

/** A release or check that is worked on. */
export type Running = {
  readonly id: string;
  readonly practiceId: string;
  readonly extractId: string;
  readonly version: number;
  readonly keyId: string;
  /** The content type of the input. */
  readonly format: string;
  readonly startedAt: Date;
};

/** What was decided, before the ledger gives it a place. */
export type Decision = {
  readonly applies: Applies;
  readonly counts: { readonly in: number; readonly out: number; readonly withheld: number };
  /** Rows withheld, by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** SHA-256 in hexadecimal; null of a check. */
  readonly digests: { readonly in: string; readonly out: string } | null;
  readonly bytesOut: number | null;
  /** Values that were emptied, because their treatment could not read them; none of a check. */
  readonly emptied?: number;
  readonly account: AccountRecord;
  readonly at: Date;
  /** The ledger size of the index by which it was decided. */
  readonly indexSize: number;
  /** The commitment of the last entry below that, in hexadecimal. */
  readonly indexEntry: string | undefined;
  /** Whether it still holds, when these patients changed since that index; null when nothing can change it. */
  readonly holds: ((changed: readonly PatientRecord[]) => boolean) | null;
};

/** Why a release must not go on: its key was revoked, its extract is no longer in force, or others ended it. */
export type StopReason = 'no-key' | ExtractNotInForce | 'interrupted';

/** The ledger that something was decided on; the root in hexadecimal. */
export type LedgerState = { readonly size: number; readonly root: string };

/** `changed`: it does not hold any more, and is to be decided anew; nothing was written. */
export type Committed =
  | { readonly ok: true; readonly ledger: LedgerState }
  | { readonly ok: false; readonly reason: 'changed' | StopReason };

/** A release or check as it is shown to the job. */
export type ReleaseView = ReleaseRecord & {
  readonly status: 'started' | Ending;
  readonly reason: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
};

/** Where releases are kept. Each change is one transaction with its ledger entry, under the lock of the head. */
export interface ReleaseStore {
  /** Begins a release, unless it must not, and marks as interrupted those of the practice whose process died. */
  start(release: Running, leaseUntil: Date): Promise<StopReason | undefined>;
  /** Prolongs the lease; 'interrupted' when the release has ended meanwhile. */
  renew(release: Running, leaseUntil: Date): Promise<'interrupted' | undefined>;
  /** Why a release must stop now, without changing anything. */
  whyStop(release: Running, now: Date): Promise<StopReason | undefined>;
  /** Makes a decision final: account, entry and row. From then on everything permitted counts as having left. */
  decide(release: Running, decision: Decision): Promise<Committed>;
  /** Records a check together with its decision. */
  decideCheck(check: Running, decision: Decision): Promise<Committed>;
  /** Ends a release, unless it has ended. `reason` is a code, null when all went well. */
  end(release: Running, ending: Ending, reason: string | null, at: Date): Promise<void>;
  /** Marks as interrupted every release of the practice whose process died: its lease ended before `now`. */
  interruptDead(practiceId: string, now: Date): Promise<void>;
  /** The last complete releases of the same version, newest first, at most `count`, by their accounts. */
  lastComplete(
    release: Running,
    count: number,
  ): Promise<{ readonly members: Uint8Array; readonly withheld: Uint8Array }[]>;
  find(practiceId: string, releaseId: string): Promise<ReleaseView | undefined>;
}
