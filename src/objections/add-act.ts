import { actEntry, type RecordedAct } from './act-entry.ts';
import { isToTell } from './national-opt-out.ts';
import type { ObjectionChange } from './objection-store.ts';
import { project } from './projection.ts';
import { acknowledgeSince } from './to-acknowledge.ts';

/** An act that has no place in the ledger yet. */
export type NewAct = Omit<RecordedAct, 'ledgerIndex'>;

/** What most acts do not say. */
export const nothingSaid = {
  receivedOn: null,
  requester: null,
  requesterName: null,
  authoritySeen: null,
  receivedVia: null,
  identityChecked: null,
  note: null,
  reason: null,
  importId: null,
  requestId: null,
  firstAskedOn: null,
  firstAskedProof: null,
} as const;

/**
 * Adds one act: its entry, its row, and what the acts now come to.
 *
 * @param history all acts of the same patient and type, read in the same change
 * @throws Error for a kind of act that has no entry, which is a bug
 */
export async function addAct(
  change: ObjectionChange,
  history: readonly RecordedAct[],
  act: NewAct,
): Promise<RecordedAct> {
  const entry = actEntry(act);
  if (entry.act === null) throw new Error(`an act of the kind "${act.kind}" has no entry`);
  const ledgerIndex = change.append(entry.act, act.actor, entry.data, act.recordedAt);
  const added = { ...act, ledgerIndex };
  const acts = [...history, added];
  const before = await change.listed(act.patientId, act.type);
  await change.save(added, {
    ...project(acts),
    tellNational: isToTell(acts, before?.toldNationalAt ?? null),
    acknowledgeSince: acknowledgeSince(acts, before?.acknowledgeSince ?? null),
  });
  return added;
}
