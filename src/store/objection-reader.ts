import type {
  Coded,
  ListedObjection,
  ObjectionReader,
  ShownPatient,
  WaitingLine,
} from '../objections/objection-reader.ts';
import { recordedAct } from './act-row.ts';
import type { Database } from './database.ts';
import { afterCursor, cursorOf, objectionsWhere } from './objection-list.ts';
import { recordsOf } from './person-store.ts';
import { portionsOf } from './portions.ts';

const patientColumns = {
  id: true,
  title: true,
  givenName: true,
  familyName: true,
  dateOfBirth: true,
  nhsNumber: true,
  restricted: true,
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
    async ofPerson(practiceId, patientId) {
      const records = await recordsOf(reader, practiceId, patientId);
      const where = { practiceId, patientId: { in: records } };
      const rows = await reader.objectionAct.findMany({ where, orderBy: { ledgerIndex: 'asc' } });
      return records.map((id) => rows.filter((row) => row.patientId === id).map(recordedAct));
    },
    async act(practiceId, id) {
      const row = await reader.objectionAct.findFirst({ where: { id, practiceId } });
      return row && recordedAct(row);
    },
    async coded(practiceId, patientIds) {
      const where = { practiceId, patientId: { in: [...patientIds] }, type: 'type-1' };
      const rows = await reader.objection.findMany({ where, orderBy: { codedSeenAt: 'desc' } });
      const seenAs = (as: Coded['as']) =>
        rows.flatMap(({ codedAs, codedSeenAt }) =>
          codedAs === as && codedSeenAt ? { as, seenAt: codedSeenAt } : [],
        )[0];
      return seenAs('dissent') ?? seenAs('withdrawn') ?? null;
    },
    async lastCodedReportAt(practiceId) {
      const [objections, reports] = await Promise.all([
        reader.objection.aggregate({ where: { practiceId }, _max: { codedSeenAt: true } }),
        reader.reconciliation.aggregate({ where: { practiceId }, _max: { at: true } }),
      ]);
      // Reports of before were not kept: of those, objections alone show when they were seen.
      return reports._max.at ?? objections._max.codedSeenAt;
    },
    async commitment(practiceId, index) {
      const where = { practiceId_index: { practiceId, index } };
      return (await reader.ledgerLeaf.findUnique({ where }))?.commitment ?? null;
    },
    async waitingImports(practiceId) {
      const rows = await reader.waitingWithdrawal.findMany({ where: { practiceId, ...waiting } });
      const wouldLift = await liftedBy(reader, practiceId, rows);
      const imports = await reader.objectionImport.findMany({
        where: { practiceId, id: { in: [...new Set(rows.map(({ importId }) => importId))] } },
        orderBy: { at: 'asc' },
      });
      return imports.map(({ id, fileName, at, rows: all }) => {
        const own = rows.filter(({ importId }) => importId === id);
        const counts = { waiting: own.length, wouldLift: own.filter(wouldLift).length };
        return { importId: id, fileName, at, rows: all, ...counts };
      });
    },
    async waitingWithdrawals(practiceId, importId, limit) {
      const rows = await reader.waitingWithdrawal.findMany({
        where: { practiceId, importId, ...waiting },
        orderBy: [{ receivedOn: 'asc' }, { id: 'asc' }],
        take: limit,
      });
      const wouldLift = await liftedBy(reader, practiceId, rows);
      const lines: WaitingLine[] = (await withPatients(practiceId, rows)).map((row) => ({
        ...row,
        wouldLift: wouldLift(row),
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

type Waiting = { readonly patientId: string; readonly type: string; readonly receivedOn: string };

/** Tells of each of these withdrawals whether it would lift an objection in force: received later, on a day that is known. */
async function liftedBy(
  reader: Database['reader'],
  practiceId: string,
  withdrawals: readonly Waiting[],
): Promise<(withdrawal: Waiting) => boolean> {
  const since = new Map<string, string | null>();
  for (const some of portionsOf([...new Set(withdrawals.map(({ patientId }) => patientId))])) {
    const rows = await reader.objection.findMany({
      where: { practiceId, patientId: { in: some }, status: 'in-force', undated: false },
      select: { patientId: true, type: true, since: true },
    });
    for (const row of rows) since.set(`${row.patientId} ${row.type}`, row.since);
  }
  return ({ patientId, type, receivedOn }) => {
    const received = since.get(`${patientId} ${type}`);
    return typeof received === 'string' && received < receivedOn;
  };
}
