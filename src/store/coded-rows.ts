import { londonDay } from '../day.ts';
import type { WorkItem } from '../work/work-store.ts';
import type { Database, Transaction } from './database.ts';
import { portionsOf } from './portions.ts';

type Reader = Pick<Transaction, 'objection' | 'patient'>;

/**
 * Type 1 objections of which the clinical record says something else than this registry: in force and not seen coded,
 * or withdrawn (or never made) and seen coded. Only of people who have a record there: registered, and alive.
 */
export async function toBeCoded(reader: Database['reader'], practiceId: string): Promise<WorkItem[]> {
  const rows = await notAsCoded(reader, practiceId);
  return rows.map(({ id, since, recordedAt }) => ({ id, since: since ?? londonDay(recordedAt) }));
}

export async function notAsCoded(reader: Reader, practiceId: string) {
  const rows = await reader.objection.findMany({
    where: {
      practiceId,
      type: 'type-1',
      OR: [
        { status: 'in-force', codedAs: null },
        { status: 'in-force', codedAs: { not: 'dissent' } },
        { status: { not: 'in-force' }, codedAs: 'dissent' },
      ],
    },
    select: { id: true, patientId: true, status: true, since: true, recordedAt: true },
  });
  const there = new Set<string>();
  for (const some of portionsOf(rows.map(({ patientId }) => patientId))) {
    const where = { practiceId, id: { in: some }, dateOfDeath: null };
    const people = await reader.patient.findMany({
      where: {
        ...where,
        OR: [{ status: 'registered' }, { status: 'to-be-matched', personId: { not: null } }],
      },
      select: { id: true },
    });
    for (const { id } of people) there.add(id);
  }
  return rows.filter(({ patientId }) => there.has(patientId));
}
