import type {
  ListedObjection,
  ObjectionReader,
  ShownPatient,
  WaitingLine,
} from '../objections/objection-reader.ts';
import { recordedAct } from './act-row.ts';
import type { Database } from './database.ts';
import { afterCursor, cursorOf, objectionsWhere } from './objection-list.ts';

const patientColumns = {
  id: true,
  title: true,
  givenName: true,
  familyName: true,
  dateOfBirth: true,
  nhsNumber: true,
} as const;

/** What pages read of objections. */
export function objectionReader({ reader }: Database): ObjectionReader {
  const patientsOf = async (practiceId: string, rows: readonly { patientId: string }[]) => {
    const ids = [...new Set(rows.map(({ patientId }) => patientId))];
    const found = await reader.patient.findMany({
      where: { practiceId, id: { in: ids } },
      select: patientColumns,
    });
    return new Map(found.map((patient) => [patient.id, patient]));
  };
  const withPatients = async <Row extends { patientId: string }>(
    practiceId: string,
    rows: readonly Row[],
  ) => {
    const patients = await patientsOf(practiceId, rows);
    return rows.flatMap((row) => {
      const patient: ShownPatient | undefined = patients.get(row.patientId);
      return patient ? [{ ...row, patient }] : [];
    });
  };
  const waiting = { state: 'waiting' };

  return {
    async list(practiceId, choice) {
      const where = objectionsWhere(practiceId, choice);
      const [total, rows] = await Promise.all([
        reader.objection.count({ where }),
        reader.objection.findMany({
          where: { AND: [where, afterCursor(choice.cursor)] },
          orderBy: [{ recordedAt: 'desc' }, { id: 'desc' }],
          take: choice.limit + 1,
        }),
      ]);
      const shown = rows.slice(0, choice.limit);
      const last = rows.length > choice.limit ? shown.at(-1) : undefined;
      const items: ListedObjection[] = await withPatients(practiceId, shown);
      return { items, total, next: last ? cursorOf(last) : null };
    },
    async find(practiceId, id) {
      const row = await reader.objection.findFirst({ where: { id, practiceId } });
      return row ? ((await withPatients(practiceId, [row]))[0] ?? null) : null;
    },
    async ofPatient(practiceId, patientId) {
      const where = { practiceId, patientId };
      const rows = await reader.objectionAct.findMany({ where, orderBy: { ledgerIndex: 'asc' } });
      return rows.map(recordedAct);
    },
    async act(practiceId, id) {
      const row = await reader.objectionAct.findFirst({ where: { id, practiceId } });
      return row && recordedAct(row);
    },
    async commitment(practiceId, index) {
      const where = { practiceId_index: { practiceId, index } };
      return (await reader.ledgerLeaf.findUnique({ where }))?.commitment ?? null;
    },
    async waitingImports(practiceId) {
      const counts = await reader.waitingWithdrawal.groupBy({
        by: ['importId'],
        where: { practiceId, ...waiting },
        _count: true,
      });
      const imports = await reader.objectionImport.findMany({
        where: { practiceId, id: { in: counts.map(({ importId }) => importId) } },
        orderBy: { at: 'asc' },
      });
      const countOf = (id: string) => counts.find(({ importId }) => importId === id)?._count ?? 0;
      return imports.map(({ id, fileName, at, rows }) => ({
        importId: id,
        fileName,
        at,
        rows,
        waiting: countOf(id),
      }));
    },
    async waitingWithdrawals(practiceId, importId, limit) {
      const rows = await reader.waitingWithdrawal.findMany({
        where: { practiceId, importId, ...waiting },
        orderBy: [{ receivedOn: 'asc' }, { id: 'asc' }],
        take: limit,
      });
      const patientId = { in: rows.map((row) => row.patientId) };
      const standing = await reader.objection.findMany({
        where: { practiceId, patientId, status: 'in-force' },
        select: { patientId: true, type: true },
      });
      const inForce = new Set(standing.map((one) => `${one.patientId} ${one.type}`));
      const lines: WaitingLine[] = (await withPatients(practiceId, rows)).map((row) => ({
        ...row,
        inForce: inForce.has(`${row.patientId} ${row.type}`),
      }));
      return lines;
    },
    countInForce: (practiceId) => reader.objection.count({ where: { practiceId, status: 'in-force' } }),
    async takenInAt(practiceId) {
      const where = { id: practiceId };
      const practice = await reader.practice.findUnique({ where, select: { objectionsTakenInAt: true } });
      return practice?.objectionsTakenInAt ?? null;
    },
  };
}
