import type { AccountRecord, Applies, Ending, ReleaseRecord } from '../ledger/release-entry.ts';
import type { Refusal } from './guard.ts';

/** A release that begins, or a check. */
export type NewRelease = {
  readonly id: string;
  readonly practiceId: string;
  readonly extractId: string;
  readonly version: number;
  readonly keyId: string;
  readonly format: string;
  readonly at: Date;
};

/** What was decided, before the ledger gives it a place. */
export type Decision = {
  readonly applies: Applies;
  readonly counts: { readonly in: number; readonly out: number; readonly withheld: number };
  readonly reasons: Readonly<Record<string, number>>;
  readonly digests: { readonly in: string | null; readonly out: string | null };
  readonly bytesOut: number | null;
  readonly account: AccountRecord;
  readonly at: Date;
  /** The ledger size of the index by which it was decided. */
  readonly indexSize: number;
  /** Whether it still holds, given those patients that changed since that index. */
  readonly holds: (changed: readonly ChangedPatient[]) => boolean;
};

export type ChangedPatient = { readonly ordinal: number; readonly nhsNumber: string };

/** `changed`: patients changed meanwhile, so that it must be decided anew; nothing was written. */
export type Committed =
  | { readonly ok: true; readonly ledger: { readonly size: number; readonly root: string } }
  | { readonly ok: false; readonly reason: 'changed' | 'interrupted' | Refusal };

/** A release or check as it is shown to the job. */
export type ReleaseView = ReleaseRecord & {
  readonly status: 'started' | Ending;
  readonly reason: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
};

/** Where releases are kept. Each change is one transaction with its ledger entry, under the lock of the head. */
export interface ReleaseStore {
  /** Begins a release, whose lease ends at `leaseUntil`; `reason` says why not (the key was revoked, the extract suspended). */
  start(release: NewRelease, leaseUntil: Date): Promise<{ ok: true } | { ok: false; reason: Refusal }>;
  /** Prolongs the lease; says why the release must stop instead. */
  renew(
    release: NewRelease,
    now: Date,
    leaseUntil: Date,
  ): Promise<{ ok: true } | { ok: false; reason: Refusal | 'interrupted' }>;
  /** Makes a decision final: account, entry and row. From then on everything permitted counts as having left. */
  decide(release: NewRelease, decision: Decision): Promise<Committed>;
  /** Records a check and its decision at once. */
  decideCheck(check: NewRelease, decision: Decision): Promise<Committed>;
  /** Ends a release unless it has ended. `reason` is a code, null when all went well. */
  end(release: NewRelease, ending: Ending, reason: string | null, at: Date): Promise<void>;
  /** Marks as interrupted every release of the practice whose process died: its lease ended before `now`. */
  interruptDead(practiceId: string, now: Date): Promise<void>;
  /** Of the last complete releases of a version, newest first: how many patients left, how many were withheld. */
  usual(
    practiceId: string,
    extractId: string,
    version: number,
    count: number,
  ): Promise<{ members: Uint8Array; withheld: Uint8Array }[]>;
  find(practiceId: string, releaseId: string): Promise<ReleaseView | undefined>;
}
