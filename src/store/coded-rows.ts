import { londonDay } from '../day.ts';
import type { Waits, WorkItem } from '../work/work-store.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';

/** Of the patient `p`: whether they have a clinical record here, so registered (by themselves or as matched), and alive. */
export const hasRecord = Prisma.sql`(p."dateOfDeath" IS NULL
  AND (p."status" = 'registered' OR (p."status" = 'to-be-matched' AND p."personId" IS NOT NULL)))`;

/**
 * Type 1 objections of which the clinical record says something else than this registry: in force and not seen coded,
 * or withdrawn (or never made) and seen coded. Only of people who have a record there. The patients are looked up one by
 * one: the list of all who have a record is as long as the practice's.
 */
const notAsCoded = (practiceId: string) => Prisma.sql`"Objection" o
  WHERE o."practiceId" = ${practiceId} AND o."type" = 'type-1'
    AND CASE WHEN o."status" = 'in-force' THEN COALESCE(o."codedAs", '') <> 'dissent' ELSE o."codedAs" = 'dissent' END
    AND EXISTS (SELECT 1 FROM "Patient" p WHERE p."id" = o."patientId" AND ${hasRecord})`;

export async function toBeCoded(reader: Database['reader'], practiceId: string): Promise<WorkItem[]> {
  const rows = await reader.$queryRaw<{ id: string; since: string | null; recordedAt: Date | string }[]>(
    Prisma.sql`SELECT o."id", o."since", o."recordedAt" FROM ${notAsCoded(practiceId)}`,
  );
  return rows.map(({ id, since, recordedAt }) => ({ id, since: since ?? londonDay(new Date(recordedAt)) }));
}

/** How much that comes to. */
export async function countToBeCoded(reader: Database['reader'], practiceId: string): Promise<Waits> {
  const [row] = await reader.$queryRaw<
    { count: bigint; since: string | null; recordedAt: Date | string | null }[]
  >(
    Prisma.sql`SELECT COUNT(*) AS "count", MIN(o."since") AS "since",
      MIN(CASE WHEN o."since" IS NULL THEN o."recordedAt" END) AS "recordedAt" FROM ${notAsCoded(practiceId)}`,
  );
  const { count = 0n, since = null, recordedAt = null } = row ?? {};
  const days = [since, recordedAt && londonDay(new Date(recordedAt))].filter((day) => day !== null);
  return { count: Number(count), oldest: days.sort()[0] ?? null, isOver: false };
}
