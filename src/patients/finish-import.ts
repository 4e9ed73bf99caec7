import { londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import { sealList } from './add-patients.ts';
import type { ImportTask } from './import-patients.ts';
import { digestOfIds } from './list-digest.ts';
import { needsManager, type PatientImport } from './patient-import.ts';
import type { ImportChange } from './patient-import-store.ts';

/**
 * Ends an import whose rows are all done. Of a whole list, whoever is not in it is marked as gone; of a part, whoever
 * it says has left. When they are too many, that waits for a manager.
 */
export async function finishImport({
  store,
  practiceId,
  importId,
  by,
  clock,
}: ImportTask): Promise<PatientImport> {
  return store.change(practiceId, async (change) => {
    const before = await change.find(importId);
    if (before === null) throw new Error('an import has vanished while it was running');
    if (before.status !== 'running') return before;
    const now = clock();
    const { absent, registered } = await whoIsAbsent(change, before);
    const waits = needsManager(absent.length, registered);
    if (!waits) await markGone(change, importId, absent, by, now);
    const ended = {
      status: waits ? ('waiting' as const) : ('complete' as const),
      endedAt: now,
      gone: absent.length,
    };
    await change.save(importId, ended);
    if (before.wholeList && !waits) await change.noteListTakenIn(now);
    await sealList(change, importId, by, now);
    return { ...before, ...ended };
  });
}

export type GoneDecided =
  | { readonly ok: true; readonly gone: number }
  | { readonly ok: false; readonly reason: 'not-found' | 'not-waiting' };

/**
 * A manager's word on the people whom a whole list did not have: they are gone, or they stay because the file was not
 * the whole list. Objections of those who are gone stand.
 */
export async function decideGone(
  store: ImportTask['store'],
  request: { readonly practiceId: string; readonly importId: string; readonly areGone: boolean },
  by: Actor,
  now: Date,
): Promise<GoneDecided> {
  const { practiceId, importId, areGone } = request;
  return store.change(practiceId, async (change): Promise<GoneDecided> => {
    const before = await change.find(importId);
    if (before === null) return { ok: false, reason: 'not-found' };
    if (before.status !== 'waiting') return { ok: false, reason: 'not-waiting' };
    const { absent } = areGone ? await whoIsAbsent(change, before) : nobodyAbsent;
    await markGone(change, importId, absent, by, now);
    const message = areGone
      ? 'A manager confirmed that they are gone.'
      : 'A manager said that they are not gone, and that the file was not the whole list.';
    const wholeList = before.wholeList && areGone;
    await change.save(importId, { status: 'complete', gone: absent.length, wholeList, message });
    if (wholeList) await change.noteListTakenIn(now);
    await sealList(change, importId, by, now);
    return { ok: true, gone: absent.length };
  });
}

const nobodyAbsent = { absent: [] as string[], registered: 0 };

async function whoIsAbsent(change: ImportChange, { id, wholeList }: PatientImport) {
  const { present, left } = await change.named(id);
  if (!wholeList && left.size === 0) return nobodyAbsent;
  const registered = (await change.everybody()).filter(({ status }) => status === 'registered');
  return {
    absent: registered
      .filter((one) => !present.has(one.id) && (wholeList || left.has(one.id)))
      .map((one) => one.id),
    registered: registered.length,
  };
}

async function markGone(
  change: ImportChange,
  importId: string,
  ids: readonly string[],
  by: Actor,
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  const gone = { import: importId, gone: ids.length, people: digestOfIds(ids) };
  const leftOn = londonDay(now);
  await change.markGone(ids, leftOn, change.append('patients-gone', by, gone, now));
  const before = { status: ['registered', 'left'], leftOn: [null, leftOn] } as const;
  await change.keepBefore(
    importId,
    ids.map((patientId) => ({ patientId, before })),
  );
}
