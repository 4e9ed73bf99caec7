import { ageBands, type Span } from '../reports/objection-counts.ts';
import { hasRecord } from './coded-rows.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';

export type Sql = Prisma.Sql;
export type CountSql = ReturnType<typeof countSql>;

/** The statements behind the counts of reports, for one kind of database. */
export function countSql(kind: Database['kind']) {
  const isPostgresql = kind === 'postgresql';
  /** An instant as the database compares it. */
  const instant = (at: Date): Sql =>
    isPostgresql
      ? Prisma.sql`${at.toISOString()}::timestamp`
      : Prisma.sql`${at.toISOString().replace('Z', '+00:00')}`;
  /** `YYYY-MM-DDTHH` in UTC: an hour belongs to one day in London, summer and winter. */
  const hour = (column: Sql): Sql =>
    isPostgresql ? Prisma.sql`to_char(${column}, 'YYYY-MM-DD"T"HH24')` : Prisma.sql`substr(${column}, 1, 13)`;
  /** Texts of any number in one value, as rows. */
  const list = (texts: readonly string[]): Sql =>
    isPostgresql
      ? Prisma.sql`SELECT json_array_elements_text(${JSON.stringify(texts)}::json)`
      : Prisma.sql`SELECT value FROM json_each(${JSON.stringify(texts)})`;

  const keyedIn = (practiceId: string, { from, to }: Span): Sql => Prisma.sql`
    "practiceId" = ${practiceId} AND "recordedAt" >= ${instant(from)} AND "recordedAt" < ${instant(to)}`;

  /** A row for each patient and type: what the acts known at an instant come to, where they are plain. */
  const histories = (practiceId: string, at: Date): Sql => Prisma.sql`
    SELECT "patientId", "type",
      MAX(CASE WHEN "kind" IN ('record', 'confirm') THEN "receivedOn" END) AS "objected",
      MAX(CASE WHEN "kind" = 'withdraw' THEN "receivedOn" END) AS "withdrawn",
      MAX(CASE WHEN "kind" IN ('record', 'confirm', 'withdraw') AND "receivedOn" IS NOT NULL
        THEN 0 ELSE 1 END) AS "special"
    FROM "ObjectionAct" WHERE "practiceId" = ${practiceId} AND "recordedAt" < ${instant(at)}
    GROUP BY "patientId", "type"`;
  // An objection stands beside a withdrawal of the same day.
  const stands = Prisma.sql`"special" = 0 AND "objected" IS NOT NULL
    AND ("withdrawn" IS NULL OR "withdrawn" <= "objected")`;

  const age = Prisma.sql`CAST(substr("receivedOn", 1, 4) AS INTEGER) - CAST(substr("dateOfBirth", 1, 4) AS INTEGER)
    - CASE WHEN substr("receivedOn", 6) < substr("dateOfBirth", 6) THEN 1 ELSE 0 END`;
  const bands = [...ageBands]
    .reverse()
    .map(
      ({ name, from }) =>
        Prisma.sql`WHEN ${age} >= ${Prisma.raw(String(from))} THEN ${Prisma.raw(`'${name}'`)}`,
    );

  const ways = (doneAt: Sql, source: Sql): Sql => Prisma.sql`
    SELECT "receivedOn", ${hour(doneAt)} AS "hour", COUNT(*) AS "count" FROM (${source}) AS s GROUP BY 1, 2`;

  return {
    /** How often each account looked at patients, by month in UTC. */
    looksByMonth: (practiceId: string, from: Date): Sql => Prisma.sql`
      SELECT substr(${hour(Prisma.sql`"at"`)}, 1, 7) AS "month", "staffId", COUNT(*) AS "count" FROM "AccessLog"
      WHERE "practiceId" = ${practiceId} AND "at" >= ${instant(from)} GROUP BY 1, 2 ORDER BY 1, 2`,
    /** Patients and types of which only the rules can tell whether an objection is in force. */
    special: (practiceId: string, at: Date): Sql =>
      Prisma.sql`SELECT "patientId", "type" FROM (${histories(practiceId, at)}) AS h WHERE "special" = 1`,
    /** Patients with one or more, by whether they have one of each type; those named are only counted by type. */
    plain: (practiceId: string, at: Date, named: readonly string[]): Sql => Prisma.sql`
      SELECT "type1", "type2", COUNT(*) AS "count",
        SUM(CASE WHEN "patientId" IN (${list(named)}) THEN 0 ELSE 1 END) AS "patients"
      FROM (SELECT "patientId", MAX(CASE WHEN "type" = 'type-1' THEN 1 ELSE 0 END) AS "type1",
          MAX(CASE WHEN "type" = 'type-2' THEN 1 ELSE 0 END) AS "type2"
        FROM (${histories(practiceId, at)}) AS h WHERE ${stands} GROUP BY "patientId") AS p GROUP BY 1, 2`,
    /** What was recorded or confirmed in a span. */
    said: (practiceId: string, span: Span, inError: readonly string[]): Sql => Prisma.sql`
      SELECT * FROM "ObjectionAct" WHERE ${keyedIn(practiceId, span)}
        AND "kind" IN ('record', 'confirm') AND "id" NOT IN (${list(inError)})`,
    /** How often each mixture of how, who and of what age was said; of each patient only the one row is read. */
    mixtures: (said: Sql): Sql => Prisma.sql`
      SELECT "receivedVia", "requester",
        CASE WHEN "receivedOn" IS NULL THEN NULL ${Prisma.join(bands, ' ')} END AS "age", COUNT(*) AS "count"
      FROM (SELECT a.*, p."dateOfBirth" FROM (${said}) AS a LEFT JOIN "Patient" p ON p."id" = a."patientId") AS s
      GROUP BY 1, 2, 3`,
    byKind: (
      practiceId: string,
      span: Span,
      inError: readonly string[],
      parts: readonly (Span & { readonly name: string })[],
    ): Sql => {
      const values = parts.map(
        ({ name, from, to }) => Prisma.sql`(${name}, ${instant(from)}, ${instant(to)})`,
      );
      return Prisma.sql`
        WITH parts("span", "starts", "ends") AS (VALUES ${Prisma.join(values)})
        SELECT "span", "kind", "type", COUNT(*) AS "count" FROM parts
        JOIN "ObjectionAct" ON "recordedAt" >= "starts" AND "recordedAt" < "ends"
        WHERE ${keyedIn(practiceId, span)} AND "kind" IN ('record', 'confirm', 'withdraw')
          AND "id" NOT IN (${list(inError)})
        GROUP BY 1, 2, 3`;
    },
    /** Of what was asked for at the desk, not of a file of the past. */
    toRecorded: (said: Sql): Sql =>
      ways(
        Prisma.sql`"recordedAt"`,
        Prisma.sql`SELECT * FROM (${said}) AS a WHERE "importId" IS NULL AND "receivedOn" IS NOT NULL`,
      ),
    /** What came from the clinical record is in it already; nobody is to be coded who has no record there. */
    toCoded: (practiceId: string, span: Span): Sql =>
      ways(
        Prisma.sql`CASE WHEN "codedAs" = 'dissent' THEN "codedSeenAt" END`,
        // Patient by patient: the list of all who have a record is as long as the practice's.
        Prisma.sql`SELECT o.* FROM (SELECT *, "since" AS "receivedOn" FROM "Objection"
            WHERE ${keyedIn(practiceId, span)} AND "type" = 'type-1' AND "status" = 'in-force'
              AND "since" IS NOT NULL AND COALESCE("receivedVia", '') <> 'clinical-record') AS o
          LEFT JOIN "Patient" p ON p."id" = o."patientId" AND p."practiceId" = o."practiceId"
          WHERE o."codedAs" = 'dissent' OR ${hasRecord}`,
      ),
    toAcknowledged: (practiceId: string, span: Span): Sql =>
      ways(
        Prisma.sql`CASE WHEN "acknowledgeSince" IS NULL THEN "acknowledgedAt" END`,
        Prisma.sql`SELECT *, "since" AS "receivedOn" FROM "Objection" WHERE ${keyedIn(practiceId, span)}
          AND "since" IS NOT NULL AND ("acknowledgeSince" IS NOT NULL OR "acknowledgedAt" IS NOT NULL)`,
      ),
  };
}
