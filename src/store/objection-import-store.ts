import type { ImportChange, ImportStore, WaitingWithdrawal } from '../objections/import-store.ts';
import type { Database } from './database.ts';
import { objectionChange } from './objection-store.ts';
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
      changePractice(database, practiceId, (change) => work(importChange(change))),
  };
}

function importChange(change: PracticeChange): ImportChange {
  const { tx, practiceId } = change;
  const waiting = async (where: object, take = 1000) => {
    const rows = await tx.waitingWithdrawal.findMany({
      where: { practiceId, ...where },
      select: waitingColumns,
      orderBy: [{ receivedOn: 'asc' }, { id: 'asc' }],
      take,
    });
    return rows as WaitingWithdrawal[];
  };
  return {
    ...objectionChange(change),
    withNumbers: (nhsNumbers) =>
      tx.patient.findMany({
        where: { practiceId, nhsNumber: { in: [...nhsNumbers] } },
        select: { id: true, dateOfBirth: true, nhsNumber: true },
      }),
    waitingOf: (patientId, type) => waiting({ patientId, type }),
    stillWaiting: (importId, limit, id) =>
      waiting({ importId, state: 'waiting', ...(id === undefined ? {} : { id }) }, limit),
    async putAside(withdrawal) {
      await tx.waitingWithdrawal.create({ data: { ...withdrawal, practiceId } });
    },
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
