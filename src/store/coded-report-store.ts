import type {
  CodedReportChange,
  CodedReportStore,
  ReportedRecord,
} from '../objections/coded-report/coded-report-store.ts';
import type { Database } from './database.ts';
import { portionsOf } from './portions.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

/** What the clinical record says of objections, beside them. */
export function codedReportStore(database: Database): CodedReportStore {
  return {
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(reportChange(change))),
  };
}

const select = { id: true, nhsNumber: true, personId: true, status: true, dateOfDeath: true } as const;

function reportChange({ tx, practiceId, append }: PracticeChange): CodedReportChange {
  return {
    append,
    async withNumbers(nhsNumbers) {
      const found: ReportedRecord[] = [];
      for (const some of portionsOf(nhsNumbers)) {
        const where = { practiceId, nhsNumber: { in: some }, status: { not: 'to-be-matched' } };
        for (const { id, nhsNumber, personId } of await tx.patient.findMany({ where, select }))
          found.push({ patientId: id, person: personId ?? id, nhsNumber });
      }
      return found;
    },
    async typeOnes() {
      const rows = await tx.objection.findMany({
        where: { practiceId, type: 'type-1' },
        select: { id: true, patientId: true, status: true, codedAs: true },
      });
      const people = new Map<
        string,
        { personId: string | null; status: string; dateOfDeath: string | null }
      >();
      for (const some of portionsOf(rows.map(({ patientId }) => patientId)))
        for (const { id, ...person } of await tx.patient.findMany({
          where: { practiceId, id: { in: some } },
          select,
        }))
          people.set(id, person);
      return rows.map(({ id, patientId, status, codedAs }) => {
        const person = people.get(patientId);
        const isHere =
          person?.status === 'registered' || (person?.status === 'to-be-matched' && person.personId !== null);
        return {
          id,
          patientId,
          person: person?.personId ?? patientId,
          inForce: status === 'in-force',
          codedAs,
          isHere: isHere && person?.dateOfDeath === null,
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
  };
}
