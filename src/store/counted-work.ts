import { londonDay } from '../day.ts';
import type { WorkName } from '../work/work-lists.ts';
import type { Waits } from '../work/work-store.ts';
import { countToBeCoded } from './coded-rows.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';

/** The lists that are rows of the list of objections by the day on which they were recorded, and which rows. */
const marked = {
  'national-opt-out': Prisma.sql`"tellNational"`,
  'same-day': Prisma.sql`"needsSettling"`,
  errors: Prisma.sql`"errorsToConfirm" > 0`,
  undated: Prisma.sql`"undated" AND "since" IS NULL AND NOT "needsSettling"`,
  decisions: Prisma.sql`"needsDecision"`,
} as const satisfies Partial<Record<WorkName, Prisma.Sql>>;

const names = Object.keys(marked) as (keyof typeof marked)[];

/**
 * What waits on the lists that may be as long as the list of objections, counted by the database: after the first file of
 * objections, none of them may be in the clinical record yet. The other lists are read.
 */
export async function countedWork(
  reader: Database['reader'],
  practiceId: string,
): Promise<Partial<Record<WorkName, Waits>>> {
  const counted: Partial<Record<WorkName, Waits>> = {
    'to-be-coded': await countToBeCoded(reader, practiceId),
  };
  for (const [place, waits] of (await countMarked(reader, practiceId)).entries()) {
    const name = names[place];
    // Errors wait by the day on which somebody said so, which no objection has: where there are any, they are read.
    if (name !== undefined && (name !== 'errors' || waits.count === 0)) counted[name] = waits;
  }
  return counted;
}

/** All of them in one reading of the list of objections, in the order of the names. */
async function countMarked(reader: Database['reader'], practiceId: string): Promise<Waits[]> {
  const columns = names.map((name, place) => {
    const [count, first] = [`"count${place}"`, `"first${place}"`].map(Prisma.raw);
    return Prisma.sql`COUNT(CASE WHEN ${marked[name]} THEN 1 END) AS ${count},
      MIN(CASE WHEN ${marked[name]} THEN "recordedAt" END) AS ${first}`;
  });
  const [row = {}] = await reader.$queryRaw<Record<string, bigint | Date | string | null>[]>(
    Prisma.sql`SELECT ${Prisma.join(columns)} FROM "Objection" WHERE "practiceId" = ${practiceId}`,
  );
  return names.map((_, place) => {
    const first = row[`first${place}`] as Date | string | null | undefined;
    const oldest = first ? londonDay(new Date(first)) : null;
    return { count: Number(row[`count${place}`] ?? 0), oldest, isOver: false };
  });
}
