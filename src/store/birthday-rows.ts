import { londonDay } from '../day.ts';
import { birthdayItem, birthdaySince } from '../work/birthdays.ts';
import type { WorkItem } from '../work/work-store.ts';
import type { Database } from './database.ts';
import { portionsOf } from './portions.ts';

/** Young people for whom a parent objected, who came of an age since, and with whom nobody has spoken about it yet. */
export async function birthdays(
  reader: Database['reader'],
  practiceId: string,
  now: Date,
): Promise<WorkItem[]> {
  const rows = await reader.objection.findMany({
    where: { practiceId, status: 'in-force', requester: 'parental-responsibility' },
    select: { patientId: true, since: true, recordedAt: true },
  });
  const noted = await reader.birthdayNoted.findMany({ where: { practiceId } });
  const done = new Set(noted.map(({ patientId, age }) => `${patientId} ${age}`));
  const items = new Map<string, WorkItem>();
  for (const some of portionsOf([...new Set(rows.map(({ patientId }) => patientId))])) {
    const people = await reader.patient.findMany({
      where: { practiceId, id: { in: some }, status: 'registered', dateOfDeath: null },
      select: { id: true, dateOfBirth: true },
    });
    for (const { id, dateOfBirth } of people) {
      for (const row of rows.filter(({ patientId }) => patientId === id)) {
        const birthday = birthdaySince(dateOfBirth, row.since ?? londonDay(row.recordedAt), londonDay(now));
        if (birthday === null) continue;
        const item = birthdayItem(id, birthday.age, birthday.on);
        if (!done.has(item.id)) items.set(item.id, item);
      }
    }
  }
  return [...items.values()];
}
