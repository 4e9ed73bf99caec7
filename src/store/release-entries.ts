import { londonDay } from '../day.ts';
import { type ExtractState, whyNotInForce } from '../extracts/extract.ts';
import { whyKeyUnusable } from '../extracts/job-key.ts';
import type { PatientRecord } from '../guard/patient-index.ts';
import type { Committed, Decision, Running, StopReason } from '../guard/release-store.ts';
import type { Actor } from '../ledger/entry.ts';
import {
  decidedEntry,
  type Ending,
  endedEntry,
  type ReleaseRecord,
  startedEntry,
} from '../ledger/release-entry.ts';
import type { Transaction } from './database.ts';
import { exemptTypes } from './exemption-store.ts';
import { changedPatients, entryAt } from './patient-index-store.ts';
import type { PracticeChange } from './practice-change.ts';

type Kind = 'release' | 'check';

/** What a release's row gets when it is decided. */
type DecidedColumns = Omit<ReleaseRecord, 'parts'> & {
  readonly decidedIndex: number;
  readonly decidedAt: Date;
};

/** The app by itself, when it marks what others left behind. */
const guard: Actor = { kind: 'system', id: 'guard' };

/** Writes that a release begins, and gives back the index of the entry. */
export function appendStarted(change: PracticeChange, release: Running): number {
  const { act, data } = startedEntry(undecided(release, 'release'));
  return change.append(act, jobOf(release), data, release.startedAt);
}

/** Writes a decision: entry, account and, by `save`, the row. Nothing is written when it does not hold any more. */
export async function commitDecision(
  change: PracticeChange,
  release: Running,
  kind: Kind,
  decision: Decision,
  save: (columns: DecidedColumns) => Promise<unknown>,
): Promise<Committed> {
  const stop = await whyStop(change.tx, release, decision.at);
  if (stop !== undefined) return { ok: false, reason: stop };
  if (!(await stillHolds(change, release, decision))) return { ok: false, reason: 'changed' };

  const { account, counts, at } = decision;
  const ledger = { size: change.head.size, root: Buffer.from(change.head.root).toString('hex') };
  const decided: ReleaseRecord = {
    ...undecided(release, kind),
    countIn: counts.in,
    countOut: counts.out,
    countWithheld: counts.withheld,
    reasons: JSON.stringify(decision.reasons),
    digestIn: decision.digests?.in ?? null,
    digestOut: decision.digests?.out ?? null,
    bytesOut: decision.bytesOut,
    emptied: decision.emptied,
    ledgerSize: ledger.size,
    ledgerRoot: ledger.root,
  };
  const { act, data } = decidedEntry({ ...decided, parts: decision.parts }, account, decision.applies);
  const decidedIndex = change.append(act, jobOf(release), data, at);
  await save({ ...decided, decidedIndex, decidedAt: at });
  const { members, unlisted, withheld, salt, digest } = account;
  const blobs = {
    members: blob(members),
    unlisted: blob(unlisted),
    withheld: blob(withheld),
    salt: blob(salt),
  };
  await change.tx.releaseAccount.create({
    data: { releaseId: release.id, practiceId: release.practiceId, ...blobs, digest },
  });
  if (decision.parts.length > 0) {
    const { id: releaseId, practiceId } = release;
    await change.tx.releasePart.createMany({
      data: decision.parts.map(({ counts: of, digests, ...part }, place) => ({
        ...part,
        ...{ releaseId, practiceId, place },
        ...{ countIn: of.in, countOut: of.out, countWithheld: of.withheld },
        ...{ digestIn: digests.in, digestOut: digests.out },
      })),
    });
  }
  return { ok: true, ledger };
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
): Promise<StopReason | undefined> {
  const key = await reader.jobKey.findFirst({ where: { id: keyId, practiceId } });
  if (key === null || whyKeyUnusable(key, now) !== undefined) return 'no-key';
  const where = { practiceId_extractId_version: { practiceId, extractId, version } };
  const found = await reader.extractVersion.findUniqueOrThrow({ where });
  return whyNotInForce({ ...found, state: found.state as ExtractState }, londonDay(now));
}

/** Whether a decision holds on the ledger as it is; everything before the lock is there to see. */
async function stillHolds(
  { tx, practiceId, head }: PracticeChange,
  release: Running,
  { holds, indexSize, indexEntry, exempt, at }: Decision,
): Promise<boolean> {
  if (holds === null) return true;
  const exemptNow = await exemptTypes(tx, release, londonDay(at));
  if (exemptNow.join() !== exempt.join()) return false;
  // A ledger that was put back from a backup meanwhile has another entry there, or none.
  if (indexSize > 0 && (await entryAt(tx, practiceId, indexSize - 1)) !== indexEntry) return false;
  const changed: PatientRecord[] = [];
  if (head.size !== indexSize)
    for await (const portion of changedPatients(tx, practiceId, indexSize)) changed.push(...portion);
  return holds(changed);
}

function undecided({ id, extractId, version, keyId, format }: Running, kind: Kind): ReleaseRecord {
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

function jobOf({ keyId }: Running): Actor {
  return { kind: 'job', id: keyId };
}

/** Prisma wants bytes in a buffer of their own. */
function blob(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
