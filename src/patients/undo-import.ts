import { londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import { PATIENTS_AT_ONCE, sealList } from './add-patients.ts';
import { digestOfIds } from './list-digest.ts';
import { type Before, restored } from './patient-before.ts';
import { type PatientImport, statusAt } from './patient-import.ts';
import type { ImportChange, PatientImportStore, UndoReader } from './patient-import-store.ts';

/** What undoing an import does, in people. */
export type UndoCounts = {
  /** Put back as they were; `back` of them on the list, from which they were gone. */
  readonly restored: number;
  readonly back: number;
  /** Came with the import, and are marked as left. */
  readonly left: number;
  /** Of whom it added: with an objection on record, which stands. */
  readonly objected: number;
};

export type UndoRefusal = 'not-found' | 'running' | 'undone' | 'not-newest';
export type UndoPlan =
  | { readonly ok: true; readonly import: PatientImport; readonly counts: UndoCounts }
  | { readonly ok: false; readonly reason: UndoRefusal };

export type UndoRequest = { readonly practiceId: string; readonly importId: string };

/** Only the newest import can be undone, and not while it runs: a later one was made on what this one left. */
export function whyNotUndone(
  newest: PatientImport | null,
  importId: string,
  now: Date,
): UndoRefusal | undefined {
  if (newest === null) return 'not-found';
  if (statusAt(newest, now) === 'running') return 'running';
  if (newest.id !== importId) return 'not-newest';
  return newest.status === 'undone' ? 'undone' : undefined;
}

/** What undoing an import would do, for whoever has to say that it shall be done. */
export async function planUndo(
  store: PatientImportStore,
  { practiceId, importId }: UndoRequest,
  now: Date,
): Promise<UndoPlan> {
  const found = await store.find(practiceId, importId);
  if (found === null) return { ok: false, reason: 'not-found' };
  const [newest] = await store.list(practiceId, 1);
  const reason = whyNotUndone(newest ?? null, importId, now);
  if (reason !== undefined) return { ok: false, reason };
  return { ok: true, import: found, counts: await counted(store.undoReader(practiceId), importId) };
}

async function counted(reader: UndoReader, importId: string): Promise<UndoCounts> {
  const all = await reader.before(importId);
  const changed = all.filter(({ before }) => before !== null);
  const added = all.filter(({ before }) => before === null).map(({ patientId }) => patientId);
  return {
    restored: changed.length,
    back: changed.filter(({ before }) => before?.status?.[1] === 'left').length,
    left: added.length,
    objected: await reader.countObjected(added),
  };
}

/**
 * Undoes the newest import, in one transaction: whom it changed is as before, whom it marked as gone is back, whom it
 * added has left. Nothing is deleted, and every objection stands, on people whom it added too. What was changed by
 * hand since stays. A mark as restricted stays: only a person takes that off. Whom it matched is to be matched again;
 * what it linked stays linked, so that the objection goes on holding for both.
 */
export async function undoImport(
  store: PatientImportStore,
  { practiceId, importId }: UndoRequest,
  by: Actor,
  now: Date,
): Promise<UndoPlan> {
  return store.change(practiceId, async (change): Promise<UndoPlan> => {
    const found = await change.find(importId);
    if (found === null) return { ok: false, reason: 'not-found' };
    const reason = whyNotUndone(await change.newest(), importId, now);
    if (reason !== undefined) return { ok: false, reason };
    const counts = await counted(change, importId);
    const all = await change.before(importId);
    const changed = all.flatMap(({ patientId, before }) => (before === null ? [] : [{ patientId, before }]));
    const added = all.filter(({ before }) => before === null).map(({ patientId }) => patientId);
    const localIds = await change.localIdsFrom(importId);
    const entry = {
      import: importId,
      restored: changed.length,
      restoredPeople: digestOfIds(changed.map(({ patientId }) => patientId)),
      left: added.length,
      leftPeople: digestOfIds(added),
      ...(localIds.length > 0 && { localIds: localIds.length }),
    };
    const index = change.append('patients-import-undone', by, entry, now);
    await putBack(change, changed, index);
    await change.dropLocalIds(importId, localIds, index);
    await change.markGone(added, londonDay(now), index);
    await change.save(importId, { status: 'undone', undoneAt: now, undoneBy: by.id });
    await change.forgetBefore(null);
    await change.noteListTakenIn(await change.lastWholeList(importId));
    await sealList(change, importId, by, now);
    return { ok: true, import: { ...found, status: 'undone', undoneAt: now, undoneBy: by.id }, counts };
  });
}

async function putBack(
  change: ImportChange,
  changed: readonly { readonly patientId: string; readonly before: Before }[],
  changedAtIndex: number,
): Promise<void> {
  for (let from = 0; from < changed.length; from += PATIENTS_AT_ONCE) {
    const some = new Map(
      changed.slice(from, from + PATIENTS_AT_ONCE).map(({ patientId, before }) => [patientId, before]),
    );
    const patients = await change.byIds([...some.keys()]);
    await change.putBack(
      patients.map((patient) => ({ id: patient.id, person: restored(patient, some.get(patient.id) ?? {}) })),
      changedAtIndex,
    );
  }
}
