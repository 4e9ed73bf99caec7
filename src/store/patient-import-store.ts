import type { ImportChange, PatientImportStore } from '../patients/patient-import-store.ts';
import type { ReportRow } from '../patients/report-row.ts';
import type { Database } from './database.ts';
import { asImport, columnsOf, toImport } from './import-row.ts';
import { importUndo, undoReader } from './import-undo-store.ts';
import { localIdRows } from './local-id-rows.ts';
import { manyRows } from './many-rows.ts';
import { onList, toPatient } from './patient-store.ts';
import { personChange } from './person-store.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

/** How many ids one statement takes: Prisma binds at most 32,767 values. */
const IDS_AT_ONCE = 500;

/** Imports of patient lists, with their reports row by row. */
export function patientImportStore(database: Database): PatientImportStore {
  const { reader } = database;
  return {
    list: async (practiceId, most) =>
      (
        await reader.patientImport.findMany({
          where: { practiceId },
          orderBy: { startedAt: 'desc' },
          take: most,
        })
      ).map(toImport),
    undoReader: (practiceId) => undoReader(reader, practiceId),
    find: async (practiceId, id) =>
      asImport(await reader.patientImport.findFirst({ where: { practiceId, id } })),
    report: async (importId, { outcome, skip, take }) =>
      (await reader.patientImportRow.findMany({
        where: { importId, ...(outcome && { outcome }) },
        orderBy: { row: 'asc' },
        skip,
        take,
        select: { row: true, outcome: true, reason: true, patientId: true },
      })) as ReportRow[],
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(importChange(change, database.kind))),
  };
}

function importChange(change: PracticeChange, kind: Database['kind']): ImportChange {
  const { tx, practiceId } = change;
  return {
    ...personChange(change, kind),
    ...importUndo(change, kind),
    ...localIdRows(change, kind),
    bornOn: async (days) =>
      (await tx.patient.findMany({ where: { practiceId, dateOfBirth: { in: [...days] }, ...onList } })).map(
        toPatient,
      ),
    find: async (id) => asImport(await tx.patientImport.findFirst({ where: { practiceId, id } })),
    open: async () =>
      (
        await tx.patientImport.findMany({ where: { practiceId, status: { in: ['running', 'waiting'] } } })
      ).map(toImport),
    async start({ counts, ...row }) {
      await tx.patientImport.create({ data: { ...row, ...columnsOf(counts), practiceId } });
    },
    async save(id, { counts, ...changes }) {
      await tx.patientImport.update({
        where: { id, practiceId },
        data: { ...changes, ...(counts && columnsOf(counts)) },
      });
    },
    addReport: (importId, rows) =>
      manyRows(tx, kind).insert(
        'PatientImportRow',
        rows.map((row) => ({ importId, ...row })),
      ),
    async named(importId) {
      const rows = await tx.patientImportRow.findMany({
        where: { importId, patientId: { not: null } },
        select: { patientId: true, outcome: true },
      });
      const ids = (isLeft: boolean) =>
        new Set(rows.flatMap((row) => ((row.outcome === 'left') === isLeft ? (row.patientId ?? []) : [])));
      return { present: ids(false), left: ids(true) };
    },
    async markGone(ids, leftOn, changedAtIndex) {
      for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
        await tx.patient.updateMany({
          where: { practiceId, id: { in: ids.slice(from, from + IDS_AT_ONCE) } },
          data: { status: 'left', leftOn, changedAtIndex },
        });
      }
    },
    async noteListTakenIn(at) {
      await tx.practice.update({ where: { id: practiceId }, data: { listTakenInAt: at } });
    },
  };
}
