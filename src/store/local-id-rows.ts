import type { LocalIdKind } from '../patients/local-ids.ts';
import type { ImportChange, OwnedLocalId } from '../patients/patient-import-store.ts';
import type { Database } from './database.ts';
import { manyRows } from './many-rows.ts';
import { portionsOf } from './portions.ts';
import type { PracticeChange } from './practice-change.ts';

type OfLocalIds = Pick<ImportChange, 'localIdsOf' | 'addLocalIds' | 'localIdsFrom' | 'dropLocalIds'>;

/** What an import and its undoing read and write of the ids that the clinical system knows patients by. */
export function localIdRows({ tx, practiceId }: PracticeChange, kind: Database['kind']): OfLocalIds {
  const find = async (where: object) => {
    const rows = await tx.localId.findMany({
      where: { practiceId, ...where },
      select: { patientId: true, kind: true, value: true },
    });
    return rows.map((row) => ({ ...row, kind: row.kind as LocalIdKind }));
  };
  // The guard's index reads again whoever changed.
  const touch = async (ids: readonly OwnedLocalId[], changedAtIndex: number) => {
    for (const some of portionsOf([...new Set(ids.map(({ patientId }) => patientId))]))
      await tx.patient.updateMany({ where: { practiceId, id: { in: some } }, data: { changedAtIndex } });
  };
  return {
    localIdsOf: (patientIds) => find({ patientId: { in: [...patientIds] } }),
    async addLocalIds(importId, ids, changedAtIndex) {
      const rows = ids.map((id) => ({ ...id, practiceId, importId }));
      await manyRows(tx, kind).insert('LocalId', rows);
      await touch(ids, changedAtIndex);
    },
    localIdsFrom: (importId) => find({ importId }),
    async dropLocalIds(importId, ids, changedAtIndex) {
      await tx.localId.deleteMany({ where: { practiceId, importId } });
      await touch(ids, changedAtIndex);
    },
  };
}
