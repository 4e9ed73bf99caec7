import type { ImportChange, ImportStore, WaitingWithdrawal } from '../objections/import-store.ts';
import type { Database } from './database.ts';
import { type BufferedChange, bufferedChange } from './objection-buffer.ts';
import { onList, patientChange } from './patient-store.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

const waitingColumns = {
  id: true,
  importId: true,
  patientId: true,
  type: true,
  receivedOn: true,
  state: true,
} as const;

/** Files of objections, and the withdrawals in them that wait for a manager. */
export function objectionImportStore(database: Database): ImportStore {
  return {
    change: (practiceId, work) =>
      changePractice(database, practiceId, async (change) => {
        const buffered = bufferedChange(change, database.kind);
        const aside: WaitingWithdrawal[] = [];
        const result = await work(importChange(change, database.kind, buffered, aside));
        await buffered.flush();
        const data = aside.map((withdrawal) => ({ ...withdrawal, practiceId }));
        if (data.length > 0) await change.tx.waitingWithdrawal.createMany({ data });
        return result;
      }),
  };
}

/** @param aside takes the withdrawals to put aside, which are written at the end of the change */
function importChange(
  change: PracticeChange,
  kind: Database['kind'],
  buffered: BufferedChange,
  aside: WaitingWithdrawal[],
): ImportChange {
  const { tx, practiceId } = change;
  let known: readonly WaitingWithdrawal[] = [];
  const waiting = async (where: object, take?: number) => {
    const rows = await tx.waitingWithdrawal.findMany({
      where: { practiceId, ...where },
      select: waitingColumns,
      orderBy: [{ receivedOn: 'asc' }, { id: 'asc' }],
      ...(take && { take }),
    });
    return rows as WaitingWithdrawal[];
  };
  const { takeOrdinals, add } = patientChange(change, kind);
  return {
    ...buffered,
    takeOrdinals,
    add,
    async withNumbers(nhsNumbers) {
      const people = await tx.patient.findMany({
        where: {
          practiceId,
          nhsNumber: { in: [...nhsNumbers] },
          OR: [onList, { personId: null }],
        },
        select: { id: true, dateOfBirth: true, nhsNumber: true },
      });
      const ids = people.map(({ id }) => id);
      await buffered.load(ids);
      known = await waiting({ patientId: { in: ids } });
      return people;
    },
    waitingOf: (patientId, type) =>
      [...known, ...aside].filter((one) => one.patientId === patientId && one.type === type),
    async stillWaiting(importId, limit, id) {
      const found = await waiting({ importId, state: 'waiting', ...(id && { id }) }, limit);
      await buffered.load(found.map(({ patientId }) => patientId));
      return found;
    },
    putAside: (withdrawal) => void aside.push(withdrawal),
    async answer(ids, state, by, decidedAt) {
      await tx.waitingWithdrawal.updateMany({
        where: { practiceId, id: { in: [...ids] } },
        data: { state, decidedAt, decidedBy: by.id },
      });
    },
    async keepImport({ by, ...kept }) {
      await tx.objectionImport.create({
        data: { ...kept, practiceId, actorKind: by.kind, actorId: by.id },
      });
    },
    async noteTakenIn(at) {
      const { count } = await tx.practice.updateMany({
        where: { id: practiceId, objectionsTakenInAt: null },
        data: { objectionsTakenInAt: at },
      });
      return count > 0;
    },
  };
}
