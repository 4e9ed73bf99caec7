import { londonDay } from '../day.ts';
import { type ExtractState, whyNotInForce } from '../extracts/extract.ts';
import { whyKeyUnusable } from '../extracts/job-key.ts';
import type { Running, StopReason } from '../guard/release-store.ts';
import type { Actor } from '../ledger/entry.ts';
import { type Ending, endedEntry, type ReleaseRecord, startedEntry } from '../ledger/release-entry.ts';
import type { Transaction } from './database.ts';
import type { PracticeChange } from './practice-change.ts';
import { Reads } from './reads.ts';

/** What is decided: rows, or a list of numbers. */
export type Kind = 'release' | 'check';

/** The app by itself, when it marks what others left behind. */
const guard: Actor = { kind: 'system', id: 'guard' };

/** Writes that a release begins, and gives back the index of the entry. */
export function appendStarted(change: PracticeChange, release: Running): number {
  const { act, data } = startedEntry(undecided(release, 'release'));
  return change.append(act, jobOf(release), data, release.startedAt);
}

/** Writes that a release has ended. */
export async function endRelease(
  change: PracticeChange,
  release: Running,
  ending: Ending,
  reason: string | null,
  endedAt: Date,
  by: Actor = jobOf(release),
): Promise<void> {
  const { act, data } = endedEntry(release.id, ending, reason);
  change.append(act, by, data, endedAt);
  await change.tx.release.update({ where: { id: release.id }, data: { status: ending, reason, endedAt } });
}

/** Marks the practice's releases as interrupted whose lease ended before `now`: their process died. */
export async function endDead(change: PracticeChange, now: Date): Promise<void> {
  const dead = await change.tx.release.findMany({ where: deadReleases(change.practiceId, now) });
  for (const release of dead) await endRelease(change, release, 'interrupted', 'lease-ended', now, guard);
}

/** Which releases of the practice are those whose process died. */
export function deadReleases(practiceId: string, now: Date) {
  return { practiceId, status: 'started', leaseUntil: { lt: now } };
}

/** Why a release must not go on at an instant: its key, its extract, its dates. */
export async function whyStop(
  reader: Pick<Transaction, 'jobKey' | 'extractVersion'>,
  { keyId, practiceId, extractId, version }: Running,
  now: Date,
  reads = new Reads(),
): Promise<StopReason | undefined> {
  const key = await reads.once(['key', keyId], () =>
    reader.jobKey.findFirst({ where: { id: keyId, practiceId } }),
  );
  if (key === null || whyKeyUnusable(key, now) !== undefined) return 'no-key';
  const where = { practiceId_extractId_version: { practiceId, extractId, version } };
  const found = await reads.once(['version', extractId, version], () =>
    reader.extractVersion.findUniqueOrThrow({ where }),
  );
  return whyNotInForce({ ...found, state: found.state as ExtractState }, londonDay(now));
}

/** A release of which only the beginning is known. */
export function undecided({ id, extractId, version, keyId, format }: Running, kind: Kind): ReleaseRecord {
  return {
    id,
    extractId,
    version,
    kind,
    keyId,
    format,
    countIn: null,
    countOut: null,
    countWithheld: null,
    reasons: null,
    digestIn: null,
    digestOut: null,
    bytesOut: null,
    ledgerSize: null,
    ledgerRoot: null,
  };
}

/** The job as who does something. */
export function jobOf({ keyId }: Running): Actor {
  return { kind: 'job', id: keyId };
}
