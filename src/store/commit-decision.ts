import { londonDay } from '../day.ts';
import type { PatientRecord } from '../guard/patient-index.ts';
import type { Committed, Decision, LedgerState, Running } from '../guard/release-store.ts';
import { decidedEntry, type ReleaseRecord } from '../ledger/release-entry.ts';
import type { Transaction } from './database.ts';
import { exemptTypes } from './exemption-store.ts';
import type { ReleaseAccountUncheckedCreateInput } from './generated/sqlite/models.ts';
import { KnownPractice, stateBefore } from './known-practices.ts';
import { changedPatients, entryAt } from './patient-index-store.ts';
import type { PracticeChange } from './practice-change.ts';
import { jobOf, type Kind, undecided, whyStop } from './release-entries.ts';
import { partRows } from './release-parts.ts';

/** What a release's row gets when it is decided. */
type DecidedColumns = Omit<ReleaseRecord, 'parts'> & {
  readonly decidedIndex: number;
  readonly decidedAt: Date;
};

/** The rows of a decision that the ledger has got, which are still to be written. */
export type Decided = {
  readonly ok: true;
  readonly ledger: LedgerState;
  readonly columns: DecidedColumns;
  readonly account: ReleaseAccountUncheckedCreateInput;
};

/**
 * Writes the entry of a decision, unless it does not hold any more.
 *
 * @param known what is known of the practice in the state that this change has found
 */
export async function appendDecision(
  change: PracticeChange,
  release: Running,
  kind: Kind,
  decision: Decision,
  known: KnownPractice,
): Promise<Decided | Exclude<Committed, { ok: true }>> {
  const stop = await whyStop(change.tx, release, decision.at, known.reads);
  if (stop !== undefined) return { ok: false, reason: stop };
  if (!(await stillHolds(change, release, decision, known))) return { ok: false, reason: 'changed' };

  const { account, counts, at } = decision;
  const { size, root } = change.headNow();
  const ledger = { size, root: Buffer.from(root).toString('hex') };
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
  const { members, memberOrdinals, unlisted, withheld, salt, digest } = account;
  return {
    ok: true,
    ledger,
    columns: { ...decided, decidedIndex, decidedAt: at },
    account: {
      releaseId: release.id,
      practiceId: release.practiceId,
      members: blob(members),
      memberOrdinals: memberOrdinals === null ? null : blob(memberOrdinals),
      unlisted: blob(unlisted),
      withheld: blob(withheld),
      salt: blob(salt),
      digest,
    },
  };
}

/** Makes the decision on a release final: entry, row, account and parts. */
export async function commitDecision(
  change: PracticeChange,
  release: Running,
  decision: Decision,
): Promise<Committed> {
  const decided = await appendDecision(
    change,
    release,
    'release',
    decision,
    new KnownPractice(stateBefore(change)),
  );
  if (!decided.ok) return decided;
  const { id, practiceId } = release;
  await change.tx.release.update({ where: { id }, data: decided.columns });
  await change.tx.releaseAccount.create({ data: decided.account });
  if (decision.parts.length > 0)
    await change.tx.releasePart.createMany({ data: partRows(id, practiceId, decision.parts) });
  return { ok: true, ledger: decided.ledger };
}

/** Whether a decision holds on the ledger as it is; everything before the lock is there to see. */
async function stillHolds(
  { tx, practiceId }: PracticeChange,
  release: Running,
  { holds, indexSize, indexEntry, exempt, at }: Decision,
  known: KnownPractice,
): Promise<boolean> {
  const { reads } = known;
  if (holds === null) return true;
  const { extractId, version } = release;
  const day = londonDay(at);
  const exemptNow = await reads.once(['exempt', practiceId, extractId, version, day], () =>
    exemptTypes(tx, release, day),
  );
  if (exemptNow.join() !== exempt.join()) return false;
  // A ledger that was put back from a backup meanwhile has another entry there, or none.
  const last = () => entryAt(tx, practiceId, indexSize - 1);
  if (indexSize > 0 && (await known.entryAt(indexSize - 1, last)) !== indexEntry) return false;
  if (known.isQuietFrom(indexSize)) return holds([]);
  return holds(await reads.once(['changed', indexSize], () => allChanged(tx, practiceId, indexSize)));
}

async function allChanged(tx: Transaction, practiceId: string, since: number): Promise<PatientRecord[]> {
  const changed: PatientRecord[] = [];
  for await (const portion of changedPatients(tx, practiceId, since)) changed.push(...portion);
  return changed;
}

/** Prisma wants bytes in a buffer of their own. */
function blob(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
