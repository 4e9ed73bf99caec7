import { groupBy } from '../group-by.ts';
import type {
  CodedReportChange,
  CodedReportStore,
  ReportedRecord,
} from '../objections/coded-report/coded-report-store.ts';
import type { LocalIdKind } from '../patients/local-ids.ts';
import type { Database } from './database.ts';
import { bufferedChange } from './objection-buffer.ts';
import { portionsOf } from './portions.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';
import { toLine } from './reconciliation-reader.ts';

/** What the clinical record says of objections, beside them, and what was recorded because of it. */
export function codedReportStore(database: Database): CodedReportStore {
  return {
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(reportChange(change))),
    record: (practiceId, work) =>
      changePractice(database, practiceId, async (change) => {
        const { tx } = change;
        const buffered = bufferedChange(change, database.kind);
        const seen: { patientIds: readonly string[]; at: Date }[] = [];
        const result = await work({
          ...buffered,
          find: (id) => tx.reconciliation.findFirst({ where: { id, practiceId }, select: { at: true } }),
          async notHeld(reconciliationId, places) {
            const where = { reconciliationId, practiceId, list: 'not-held', place: { in: [...places] } };
            const rows = await tx.reconciliationLine.findMany({ where, orderBy: { place: 'asc' } });
            await buffered.load(rows.flatMap(({ patientId }) => patientId ?? []));
            return rows.map(toLine);
          },
          seenThere: (patientIds, at) => void seen.push({ patientIds, at }),
        });
        await buffered.flush();
        for (const { patientIds, at } of seen)
          await tx.objection.updateMany({
            where: { practiceId, type: 'type-1', patientId: { in: [...patientIds] } },
            data: { codedAs: 'dissent', codedSeenAt: at },
          });
        return result;
      }),
  };
}

const select = {
  id: true,
  nhsNumber: true,
  personId: true,
  status: true,
  dateOfBirth: true,
  dateOfDeath: true,
} as const;
type Person = {
  readonly id: string;
  readonly nhsNumber: string;
  readonly personId: string | null;
  readonly status: string;
  readonly dateOfBirth: string;
  readonly dateOfDeath: string | null;
};
/** On the list, or to be matched with it and not matched yet. */
const mayBeMeant = { OR: [{ status: { not: 'to-be-matched' } }, { personId: null }] };

const reported = ({ id, nhsNumber, personId, status, dateOfBirth }: Person): ReportedRecord => ({
  patientId: id,
  person: personId ?? id,
  nhsNumber,
  dateOfBirth,
  isOnList: status !== 'to-be-matched',
});

function reportChange({ tx, practiceId, append }: PracticeChange): CodedReportChange {
  const peopleNamed = async (ids: readonly string[], where: object = {}) => {
    const people = new Map<string, Person>();
    for (const some of portionsOf([...new Set(ids)]))
      for (const person of await tx.patient.findMany({
        where: { practiceId, id: { in: some }, ...where },
        select,
      }))
        people.set(person.id, person);
    return people;
  };
  /** Received on of every objection recorded, by patient and type. */
  const objectedOn = async (patientIds: readonly string[]) => {
    const acts: { patientId: string; type: string; receivedOn: string | null }[] = [];
    for (const some of portionsOf([...new Set(patientIds)])) {
      const where = { practiceId, patientId: { in: some }, kind: { in: ['record', 'confirm'] } };
      const columns = { patientId: true, type: true, receivedOn: true } as const;
      acts.push(...(await tx.objectionAct.findMany({ where, select: columns })));
    }
    return groupBy(acts, ({ patientId, type }) => `${patientId} ${type}`);
  };
  return {
    append,
    async withNumbers(nhsNumbers) {
      const found: ReportedRecord[] = [];
      for (const some of portionsOf(nhsNumbers)) {
        const where = { practiceId, nhsNumber: { in: some }, ...mayBeMeant };
        const rows = await tx.patient.findMany({ where, select, orderBy: { ordinal: 'asc' } });
        found.push(...rows.map(reported));
      }
      return found;
    },
    async withLocalIds(ids) {
      const found: { patientId: string; localId: { kind: LocalIdKind; value: string } }[] = [];
      for (const [kind, own] of groupBy(ids, (id) => id.kind) as Map<LocalIdKind, typeof ids>)
        for (const some of portionsOf(own.map(({ value }) => value))) {
          const where = { practiceId, kind, value: { in: some } };
          for (const { patientId, value } of await tx.localId.findMany({ where }))
            found.push({ patientId, localId: { kind, value } });
        }
      const people = await peopleNamed(
        found.map(({ patientId }) => patientId),
        mayBeMeant,
      );
      return found.flatMap(({ patientId, localId }) => {
        const person = people.get(patientId);
        return person ? [{ ...reported(person), localId }] : [];
      });
    },
    async objections() {
      const rows = await tx.objection.findMany({
        where: { practiceId },
        orderBy: { id: 'asc' },
        select: { id: true, patientId: true, type: true, status: true, since: true, codedAs: true },
      });
      const people = await peopleNamed(rows.map(({ patientId }) => patientId));
      const ended = rows.filter(({ status }) => status !== 'in-force');
      const days = await objectedOn(ended.map(({ patientId }) => patientId));
      return rows.map(({ status, ...row }) => {
        const person = people.get(row.patientId);
        const isHere =
          person?.status === 'registered' || (person?.status === 'to-be-matched' && person.personId !== null);
        return {
          ...row,
          person: person?.personId ?? row.patientId,
          inForce: status === 'in-force',
          isThere: isHere && person?.dateOfDeath === null,
          objectedOn: (days.get(`${row.patientId} ${row.type}`) ?? []).map(({ receivedOn }) => receivedOn),
        };
      });
    },
    async setCoded(ids, codedAs, codedSeenAt) {
      for (const some of portionsOf(ids))
        await tx.objection.updateMany({
          where: { practiceId, id: { in: some } },
          data: { codedAs, codedSeenAt },
        });
    },
    async keep({ counts, ...kept }, lines) {
      await tx.reconciliation.create({ data: { ...kept, practiceId, counts: JSON.stringify(counts) } });
      const rows = lines.map((line) => ({ ...line, practiceId, reconciliationId: kept.id }));
      for (const some of portionsOf(rows)) await tx.reconciliationLine.createMany({ data: some });
    },
  };
}
