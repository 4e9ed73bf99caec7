import type { ExtractNotInForce } from '../extracts/extract.ts';
import type { AccountRecord, Applies, Ending, PartRecord, ReleaseRecord } from '../ledger/release-entry.ts';
import type { ObjectionType } from '../objections/objection.ts';
import type { Numbers } from './end-rules.ts';
import type { PatientRecord } from './patient-index.ts';
import type { Stop, StopKind } from './stop.ts';

export type { Applies } from '../ledger/release-entry.ts';

/** A release or check that is worked on. */
export type Running = {
  readonly id: string;
  readonly practiceId: string;
  readonly extractId: string;
  readonly version: number;
  readonly keyId: string;
  /** The content type of the input; `multipart/mixed` when it comes in parts, of which each has its own. */
  readonly format: string;
  readonly startedAt: Date;
};

/** What was decided, before the ledger gives it a place. */
export type Decision = {
  readonly applies: Applies;
  /** The exemptions that were in force when it was made: it holds only while they are the same. */
  readonly exempt: readonly ObjectionType[];
  readonly counts: { readonly in: number; readonly out: number; readonly withheld: number };
  /** Rows withheld, by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Values that left empty because their treatment could not read them; null of a check. */
  readonly emptied: number | null;
  /** Of a release in parts, its files in their order. */
  readonly parts: readonly PartRecord[];
  /** SHA-256 in hexadecimal; null of a check. */
  readonly digests: { readonly in: string; readonly out: string } | null;
  readonly bytesOut: number | null;
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

/** Whoever sent a release is not there any more to take what leaves. */
export type NobodyThere = { readonly ok: false; readonly reason: 'client-gone' };

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
  readonly emptied: number | null;
  readonly parts: readonly PartRecord[];
};

/** Where releases are kept. Each change is one transaction with its ledger entry, under the lock of the head. */
export interface ReleaseStore {
  /** Begins a release, unless it must not, and marks as interrupted those of the practice whose process died. */
  start(release: Running, leaseUntil: Date): Promise<StopReason | undefined>;
  /** Prolongs the lease; 'interrupted' when the release has ended meanwhile. */
  renew(release: Running, leaseUntil: Date): Promise<'interrupted' | undefined>;
  /** Why a release must stop now, without changing anything. */
  whyStop(release: Running, now: Date): Promise<StopReason | undefined>;
  /**
   * Makes a decision final: account, entry and row. From then on everything permitted counts as having left.
   *
   * @param underLock makes the decision anew when it does not hold any more, while nobody else can change anything of the
   *   practice; undefined when it cannot. It may read, and must not change anything through a store.
   * @param isGone whether nobody is there to take what leaves: asked under the lock, on which a release may have waited long
   */
  decide(
    release: Running,
    decision: Decision,
    underLock?: () => Promise<Decision | undefined>,
    isGone?: () => boolean,
  ): Promise<Committed | NobodyThere>;
  /** Records a check together with its decision. */
  decideCheck(check: Running, decision: Decision): Promise<Committed>;
  /** Ends a release, unless it has ended. `reason` is a code, null when all went well. */
  end(release: Running, ending: Ending, reason: string | null, at: Date): Promise<void>;
  /** Marks as interrupted every release of the practice whose process died: its lease ended before `now`. */
  interruptDead(practiceId: string, now: Date): Promise<void>;
  /**
   * Of the last complete releases of the same version, how many patients left: the newest first, at most `count`. Those
   * before a number that the guardian accepted as the usual do not count any more; that number is the last of them.
   */
  lastNumbers(release: Running, count: number): Promise<Numbers[]>;
  /** The stops of an extract that wait for somebody to look; warnings are none. */
  openStops(of: { readonly practiceId: string; readonly extractId: string }): Promise<StopKind[]>;
  /** Puts a stop before those who have to look. One that is open already is counted there. */
  noteStop(stop: Stop, at: Date): Promise<void>;
  find(practiceId: string, releaseId: string): Promise<ReleaseView | undefined>;
}
