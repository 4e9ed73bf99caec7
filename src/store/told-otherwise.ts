import { groupBy } from '../group-by.ts';
import { failures, toldSince } from '../notices/telling.ts';
import type { WorkItem } from '../work/work-store.ts';
import type { Database } from './database.ts';
import { portionsOf } from './portions.ts';
import { toTelling } from './telling-rows.ts';

/**
 * Registered, living patients whom a notice in use was sent to in vain, and who were not told by it since; by the day on
 * which that was known. Read by what failed, which is little, not by what was sent.
 */
export async function toldOtherwise(reader: Database['reader'], practiceId: string): Promise<WorkItem[]> {
  const published = await reader.noticeVersion.findMany({
    where: { practiceId, state: 'published' },
    orderBy: { version: 'asc' },
    select: { noticeId: true, version: true },
  });
  const newest = new Map(published.map(({ noticeId, version }) => [noticeId, version]));
  const failed = await reader.toldAct.findMany({
    where: {
      practiceId,
      outcome: { in: [...failures] },
      OR: [...newest].map(([noticeId, version]) => ({ noticeId, version })),
    },
    select: { patientId: true, noticeId: true, version: true, on: true },
  });
  const items = new Map<string, WorkItem>();
  for (const ids of portionsOf([...new Set(failed.map(({ patientId }) => patientId))])) {
    const where = { practiceId, id: { in: ids }, status: 'registered', dateOfDeath: null };
    const there = await reader.patient.findMany({ where, select: { id: true } });
    const acts = groupBy(
      (await reader.toldAct.findMany({ where: { practiceId, patientId: { in: ids } } })).map(toTelling),
      ({ patientId }) => patientId,
    );
    for (const { id } of there)
      for (const { noticeId, version, on } of failed.filter(({ patientId }) => patientId === id)) {
        const own = (acts.get(id) ?? []).filter(
          (act) => act.noticeId === noticeId && act.version === version,
        );
        const since = items.get(id)?.since ?? on;
        if (toldSince(own) === undefined) items.set(id, { id, since: on < since ? on : since });
      }
  }
  return [...items.values()];
}
