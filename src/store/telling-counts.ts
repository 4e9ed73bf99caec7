import { readFacts } from '../notices/facts.ts';
import type { About, FactsCount, NoticeRef } from '../notices/telling-store.ts';
import type { Database, Transaction } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import { factRows, toldRows } from './telling-facts.ts';

type Reader = Pick<Transaction, '$queryRaw' | 'noticeRun' | 'noticeVersion' | 'patient'>;
const { sql } = Prisma;
/** No day is before it: nothing is lost. */
const NEVER = '0000-00-00';

/** What is counted of tellings, by the database. */
export function tellingCounts(reader: Reader, kind: Database['kind'], practiceId: string) {
  /** Who was added since the first batch of these versions is new; before there was one, since they were published. */
  const newSince = async (versions: readonly NoticeRef[]): Promise<Date> => {
    const OR = versions.map(({ noticeId, version }) => ({ noticeId, version }));
    const first = await reader.noticeRun.findFirst({
      where: { practiceId, state: { not: 'stopped' }, OR },
      orderBy: { madeAt: 'asc' },
      select: { madeAt: true },
    });
    if (first !== null) return first.madeAt;
    const published = await reader.noticeVersion.findFirst({
      where: { practiceId, publishedAt: { not: null }, OR },
      orderBy: { publishedAt: 'asc' },
      select: { publishedAt: true },
    });
    return published?.publishedAt ?? new Date(8.64e14);
  };
  return {
    async groups(about: About): Promise<FactsCount[]> {
      const facts = factRows(kind, practiceId, about, await newSince(about.versions));
      const rows = await reader.$queryRaw<{ key: string; count: bigint }[]>(
        sql`SELECT "key", COUNT(*) AS "count" FROM (${facts}) AS f GROUP BY "key"`,
      );
      return rows.map(({ key, count }) => ({ key, facts: readFacts(key), count: Number(count) }));
    },
    async people(about: About, keys: readonly string[], { skip, take }: { skip: number; take: number }) {
      const facts = factRows(kind, practiceId, about, await newSince(about.versions));
      const texts = JSON.stringify(keys);
      const list =
        kind === 'postgresql'
          ? sql`SELECT json_array_elements_text(${texts}::json)`
          : sql`SELECT value FROM json_each(${texts})`;
      const rows = await reader.$queryRaw<{ id: string }[]>(sql`
        SELECT "id" FROM (${facts}) AS f WHERE "key" IN (${list}) ORDER BY "ordinal" LIMIT ${take} OFFSET ${skip}`);
      return rows.map(({ id }) => id);
    },
    /** The next patients of the list, `take` places of it; undefined after the last place. */
    async next(about: About, after: number, take: number) {
      const max = await reader.patient.aggregate({ where: { practiceId }, _max: { ordinal: true } });
      if (after >= (max._max.ordinal ?? -1)) return undefined;
      const last = after + take;
      const since = await newSince(about.versions);
      const facts = factRows(kind, practiceId, about, since, { after, upTo: last });
      const rows = await reader.$queryRaw<{ id: string; key: string }[]>(
        sql`SELECT "id", "key" FROM (${facts}) AS f ORDER BY "ordinal"`,
      );
      return { last, people: rows.map(({ id, key }) => ({ id, facts: readFacts(key) })) };
    },
    async months(versions: readonly NoticeRef[]) {
      const rows = await reader.$queryRaw<{ month: string; count: bigint }[]>(sql`
        SELECT substr(t."since", 1, 7) AS "month", COUNT(*) AS "count"
        FROM (${toldRows(practiceId, versions, NEVER)}) AS t JOIN "Patient" p ON p."id" = t."patientId"
        WHERE t."since" IS NOT NULL AND p."status" = 'registered' AND p."dateOfDeath" IS NULL
        GROUP BY 1 ORDER BY 1`);
      return rows.map(({ month, count }) => ({ month, count: Number(count) }));
    },
    /** Everybody told up to a day, on the list or not. */
    async toldUpTo(versions: readonly NoticeRef[], day: string) {
      const rows = await reader.$queryRaw<{ count: bigint }[]>(sql`
        SELECT COUNT(*) AS "count" FROM (${toldRows(practiceId, versions, NEVER)}) AS t WHERE t."since" <= ${day}`);
      return Number(rows[0]?.count ?? 0);
    },
    /** @param span days `YYYY-MM-DD` between which the objection was received; left out: any */
    async objectedAfter(
      versions: readonly NoticeRef[],
      span?: { readonly from: string; readonly to: string },
    ) {
      const within =
        span === undefined ? sql`` : sql`AND a."receivedOn" >= ${span.from} AND a."receivedOn" <= ${span.to}`;
      const recorded = sql`"ObjectionAct" a WHERE a."practiceId" = ${practiceId} AND a."kind" = 'record' ${within}`;
      // Of those who objected only: everybody may have been told.
      const told = toldRows(practiceId, versions, NEVER, sql`SELECT a."patientId" FROM ${recorded}`);
      const rows = await reader.$queryRaw<{ count: bigint }[]>(sql`
        SELECT COUNT(*) AS "count" FROM (${told}) AS t
        WHERE t."since" IS NOT NULL AND EXISTS (
          SELECT 1 FROM ${recorded} AND a."patientId" = t."patientId" AND a."receivedOn" >= t."since"
            AND NOT EXISTS (SELECT 1 FROM "ObjectionAct" e WHERE e."practiceId" = ${practiceId}
              AND e."kind" = 'confirm-error' AND e."targetActId" = a."id"))`);
      return Number(rows[0]?.count ?? 0);
    },
  };
}
