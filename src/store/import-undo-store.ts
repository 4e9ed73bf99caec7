import type { Before } from '../patients/patient-before.ts';
import type { ImportChange, UndoReader } from '../patients/patient-import-store.ts';
import type { Database, Transaction } from './database.ts';
import { asImport } from './import-row.ts';
import { manyRows } from './many-rows.ts';
import { keysOf } from './patient-store.ts';
import { portionsOf } from './portions.ts';
import type { PracticeChange } from './practice-change.ts';

type Reader = Pick<Transaction, 'patientBefore' | 'objection'>;

/** What is kept of the newest import, to be counted and to be undone. */
export function undoReader(reader: Reader, practiceId: string): UndoReader {
  return {
    before: async (importId) =>
      (await reader.patientBefore.findMany({ where: { importId }, orderBy: { patientId: 'asc' } })).map(
        ({ patientId, before }) => ({
          patientId,
          before: before === null ? null : (JSON.parse(before) as Before),
        }),
      ),
    async countObjected(patientIds) {
      const objected = new Set<string>();
      for (const ids of portionsOf(patientIds)) {
        const where = { practiceId, patientId: { in: ids }, status: 'in-force' };
        const found = await reader.objection.findMany({ where, select: { patientId: true } });
        for (const { patientId } of found) objected.add(patientId);
      }
      return objected.size;
    },
  };
}

type Undoing = Pick<
  ImportChange,
  keyof UndoReader | 'newest' | 'lastWholeList' | 'keepBefore' | 'forgetBefore' | 'putBack'
>;

/** What an import and its undoing read and write of the patients as they were before. */
export function importUndo({ tx, practiceId }: PracticeChange, kind: Database['kind']): Undoing {
  const many = manyRows(tx, kind);
  return {
    ...undoReader(tx, practiceId),
    newest: async () =>
      asImport(await tx.patientImport.findFirst({ where: { practiceId }, orderBy: { startedAt: 'desc' } })),
    async lastWholeList(except) {
      const last = await tx.patientImport.findFirst({
        where: { practiceId, id: { not: except }, wholeList: true, status: 'complete' },
        orderBy: { endedAt: 'desc' },
        select: { endedAt: true },
      });
      return last?.endedAt ?? null;
    },
    keepBefore: (importId, people) =>
      many.insert(
        'PatientBefore',
        people.map(({ patientId, before }) => ({
          importId,
          patientId,
          before: before === null ? null : JSON.stringify(before),
        })),
      ),
    async forgetBefore(except) {
      const others = await tx.patientImport.findMany({
        where: { practiceId, ...(except !== null && { id: { not: except } }) },
        select: { id: true },
      });
      for (const ids of portionsOf(others.map(({ id }) => id)))
        await tx.patientBefore.deleteMany({ where: { importId: { in: ids } } });
    },
    putBack: (people, changedAtIndex) =>
      many.update(
        'Patient',
        people.map(({ id, person }) => ({ id, ...person, ...keysOf(person), changedAtIndex })),
      ),
  };
}
