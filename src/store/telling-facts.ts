import { addDays } from '../day.ts';
import { LOST_AFTER } from '../notices/facts.ts';
import { failures, reaches } from '../notices/telling.ts';
import type { About, NoticeRef } from '../notices/telling-store.ts';
import { ageBands } from '../reports/objection-counts.ts';
import { askedAtAges } from '../work/birthdays.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';

type Sql = Prisma.Sql;
const { sql, join, raw } = Prisma;

/** Some patients only: those whose places on the list are greater than `after`, up to `upTo`. */
export type Window = { readonly after: number; readonly upTo: number };

const quoted = (words: readonly string[]): Sql => raw(words.map((word) => `'${word}'`).join(', '));
/** The rule of what reaches somebody (src/notices/telling.ts), as a condition on a row. */
const reached = join(
  Object.entries(reaches).map(
    ([how, outcomes]) => sql`("how" = ${raw(`'${how}'`)} AND "outcome" IN (${quoted(outcomes)}))`,
  ),
  ' OR ',
);
const flag = (condition: Sql): Sql => sql`CASE WHEN ${condition} THEN '1' ELSE '0' END`;
const isThere = (column: string): Sql => sql`TRIM(COALESCE(p.${raw(`"${column}"`)}, '')) <> ''`;

/** A condition on the versions that matter; with none, nothing matters. */
const ofVersions = (versions: readonly NoticeRef[]): Sql =>
  versions.length === 0
    ? sql`1 = 0`
    : sql`(${join(
        versions.map(({ noticeId, version }) => sql`("noticeId" = ${noticeId} AND "version" = ${version})`),
        ' OR ',
      )})`;

/** Whole years of age on a day, `YYYY-MM-DD`; somebody without a date of birth is grown up. */
const age = (day: Sql): Sql => sql`COALESCE(CAST(substr(${day}, 1, 4) AS INTEGER)
  - CAST(NULLIF(substr(p."dateOfBirth", 1, 4), '') AS INTEGER)
  - CASE WHEN substr(${day}, 6) < substr(p."dateOfBirth", 6) THEN 1 ELSE 0 END, 199)`;

/** The stage of life at a day: the greatest of the ages asked about that was reached. */
const stage = (day: Sql): Sql =>
  sql`CASE ${join(
    [...askedAtAges]
      .reverse()
      .map((one) => sql`WHEN ${age(day)} >= ${raw(String(one))} THEN ${raw(`'${one}'`)}`),
    ' ',
  )} ELSE '0' END`;

const band = (day: Sql): Sql =>
  sql`CASE ${join(
    [...ageBands]
      .reverse()
      .map(({ name, from }) => sql`WHEN ${age(day)} >= ${raw(String(from))} THEN ${raw(`'${name}'`)}`),
    ' ',
  )} ELSE '' END`;

/** The ids of the patients in a window, to be asked for with IN. */
const idsIn = (practiceId: string, { after, upTo }: Window): Sql =>
  sql`SELECT "id" FROM "Patient" WHERE "practiceId" = ${practiceId} AND "ordinal" > ${after} AND "ordinal" <= ${upTo}`;

/**
 * A row for each patient on whom there is an act by the versions: since when they count as told, and what failed.
 *
 * @param ids a SELECT of the ids of the patients that are asked about; left out: all
 */
export function toldRows(
  practiceId: string,
  versions: readonly NoticeRef[],
  lostDay: string,
  ids?: Sql,
): Sql {
  const some = ids === undefined ? sql`` : sql`AND "patientId" IN (${ids})`;
  const failed = (how: string) => sql`MAX(CASE WHEN "how" = ${raw(`'${how}'`)} AND ("failed" = 1
    OR ("since" IS NULL AND "last" <= ${lostDay})) THEN 1 ELSE 0 END)`;
  return sql`
    SELECT "patientId", MIN(CASE WHEN "failed" = 0 THEN "since" END) AS "since",
      MAX(CASE WHEN "failed" = 0 AND "since" IS NULL THEN 1 ELSE 0 END) AS "waiting",
      MAX(CASE WHEN "failed" = 0 AND "since" IS NULL AND "last" > ${lostDay} THEN 1 ELSE 0 END) AS "recent",
      ${failed('letter')} AS "letterFailed", ${failed('text')} AS "textFailed", ${failed('email')} AS "emailFailed",
      MAX("failed") AS "cameBack"
    FROM (
      SELECT "patientId", "attemptId", MAX("how") AS "how", MAX("on") AS "last",
        MIN(CASE WHEN ${reached} THEN "on" END) AS "since",
        MAX(CASE WHEN "outcome" IN (${quoted(failures)}) THEN 1 ELSE 0 END) AS "failed"
      FROM "ToldAct" WHERE "practiceId" = ${practiceId} AND ${ofVersions(versions)} ${some}
      GROUP BY "patientId", "attemptId"
    ) AS attempts GROUP BY "patientId"`;
}

/**
 * `id`, `ordinal` and `key` of every registered, living patient; the key is read by `readFacts` (src/notices/facts.ts).
 *
 * @param newSince whoever was added later than this instant is new
 */
export function factRows(
  kind: Database['kind'],
  practiceId: string,
  { versions, openFor, today }: About,
  newSince: Date,
  window?: Window,
): Sql {
  const instant =
    kind === 'postgresql'
      ? sql`${newSince.toISOString()}::timestamp`
      : sql`${newSince.toISOString().replace('Z', '+00:00')}`;
  // Its type is said, for PostgreSQL to find the right substr.
  const day = sql`CAST(${today} AS TEXT)`;
  const parts = [
    sql`CASE WHEN t."patientId" IS NULL THEN 'none' WHEN t."since" IS NOT NULL THEN 'told'
      WHEN t."waiting" = 1 THEN 'waiting' ELSE 'failed' END`,
    flag(sql`o."patientId" IS NOT NULL`),
    flag(sql`t."recent" = 1`),
    flag(sql`p."addedAt" > ${instant}`),
    band(day),
    stage(day),
    sql`CASE WHEN t."since" IS NULL THEN '0' ELSE ${stage(sql`t."since"`)} END`,
    flag(sql`${isThere('address')} OR ${isThere('postcode')}`),
    flag(isThere('mobile')),
    flag(isThere('email')),
    flag(sql`p."noMail"`),
    flag(sql`p."restricted"`),
    sql`COALESCE(p."language", '')`,
    sql`COALESCE(p."contactFormat", '')`,
    flag(sql`t."letterFailed" = 1`),
    flag(sql`t."textFailed" = 1`),
    flag(sql`t."emailFailed" = 1`),
    flag(sql`t."cameBack" = 1`),
  ];
  const some =
    window === undefined ? sql`` : sql`AND p."ordinal" > ${window.after} AND p."ordinal" <= ${window.upTo}`;
  return sql`
    SELECT p."id", p."ordinal", ${join(parts, ` || '|' || `)} AS "key"
    FROM "Patient" p
    LEFT JOIN (${toldRows(practiceId, versions, addDays(today, -LOST_AFTER), window && idsIn(practiceId, window))}) AS t ON t."patientId" = p."id"
    LEFT JOIN "NoticeRunPatient" o
      ON o."practiceId" = p."practiceId" AND o."openFor" = ${openFor} AND o."patientId" = p."id"
    WHERE p."practiceId" = ${practiceId} AND p."status" = 'registered' AND p."dateOfDeath" IS NULL ${some}`;
}
