import { randomUUID } from 'node:crypto';
import type { RecordedAct } from '../objections/act-entry.ts';
import type { ListedBefore, ListedRow, ObjectionChange } from '../objections/objection-store.ts';
import { recordedAct } from './act-row.ts';
import type { Database } from './database.ts';
import { manyRows } from './many-rows.ts';
import { objectionChange } from './objection-store.ts';
import type { PracticeChange } from './practice-change.ts';

type ListRow = ListedBefore & { readonly id: string; readonly isNew: boolean };

/** A change of many objections at once: what it needs is read beforehand, what it saves is written at the end. */
export type BufferedChange = ObjectionChange & {
  /** Reads what is known of these patients, at most 500, in two statements. Others are read when asked for. */
  load(patientIds: readonly string[]): Promise<void>;
  /** Writes what was saved. Nothing may be saved after it. */
  flush(): Promise<void>;
};

export function bufferedChange(change: PracticeChange, kind: Database['kind']): BufferedChange {
  const { tx, practiceId } = change;
  const acts = new Map<string, RecordedAct[]>();
  const listed = new Map<string, ListRow>();
  const added: RecordedAct[] = [];
  const saved = new Map<string, ListedRow & { readonly act: RecordedAct }>();
  const changedAt = new Map<string, number>();
  const keyOf = (patientId: string, type: string) => `${patientId} ${type}`;

  const load = async (patientIds: readonly string[]) => {
    const missing = [...new Set(patientIds)].filter((id) => !acts.has(id));
    const where = { practiceId, patientId: { in: missing } };
    for (const id of missing) acts.set(id, []);
    for (const row of await tx.objectionAct.findMany({ where, orderBy: { ledgerIndex: 'asc' } }))
      acts.get(row.patientId)?.push(recordedAct(row));
    for (const { id, patientId, type, ...row } of await tx.objection.findMany({ where }))
      listed.set(keyOf(patientId, type), { ...row, id, isNew: false });
  };

  return {
    ...objectionChange(change),
    load,
    async actsOf(patientId, type) {
      if (!acts.has(patientId)) await load([patientId]);
      return (acts.get(patientId) ?? []).filter((act) => act.type === type);
    },
    async listed(patientId, type) {
      if (!acts.has(patientId)) await load([patientId]);
      return listed.get(keyOf(patientId, type)) ?? null;
    },
    async save(act, row) {
      const key = keyOf(act.patientId, act.type);
      added.push(act);
      acts.set(act.patientId, [...(acts.get(act.patientId) ?? []), act]);
      const { acknowledgeSince } = row;
      const known = listed.get(key) ?? { id: randomUUID(), isNew: true, toldNationalAt: null };
      listed.set(key, { ...known, acknowledgeSince });
      saved.set(key, { ...row, act });
      changedAt.set(act.patientId, act.ledgerIndex);
    },
    async flush() {
      const many = manyRows(tx, kind);
      const rows = [...saved].map(([key, { act, ...row }]) => {
        const { patientId, type, ledgerIndex: changedAtIndex } = act;
        const { id = '', isNew = false } = listed.get(key) ?? {};
        return { isNew, row: { id, practiceId, patientId, type, changedAtIndex, ...row } };
      });
      const some = (isNew: boolean) => rows.filter((one) => one.isNew === isNew).map(({ row }) => row);
      await many.insert(
        'ObjectionAct',
        added.map((act) => actColumns(practiceId, act)),
      );
      await many.insert('Objection', some(true));
      await many.update('Objection', some(false));
      await many.update(
        'Patient',
        [...changedAt].map(([id, changedAtIndex]) => ({ id, changedAtIndex })),
      );
      await showOnOtherRecords(tx, practiceId, changedAt);
    },
  };
}

/** Whoever has more than one record has changed on all of them: the guard's index reads each that changed. */
async function showOnOtherRecords(
  tx: PracticeChange['tx'],
  practiceId: string,
  changedAt: ReadonlyMap<string, number>,
): Promise<void> {
  const where = { practiceId, id: { in: [...changedAt.keys()] }, personId: { not: null } };
  for (const { id, personId } of await tx.patient.findMany({ where, select: { id: true, personId: true } })) {
    const changedAtIndex = changedAt.get(id) ?? 0;
    const isOlder = { practiceId, personId, changedAtIndex: { lt: changedAtIndex } };
    await tx.patient.updateMany({ where: isOlder, data: { changedAtIndex } });
  }
}

/** Every column, so that all rows have the same. */
function actColumns(practiceId: string, { actor, ...act }: RecordedAct) {
  return {
    ...act,
    practiceId,
    actorKind: actor.kind,
    actorId: actor.id,
    targetActId: act.targetActId ?? null,
    settledAs: act.settledAs ?? null,
    upheld: act.upheld ?? null,
    needsDecision: act.needsDecision ?? false,
  };
}
