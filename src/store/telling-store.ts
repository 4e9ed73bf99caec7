import type { TranslatedContent } from '../notices/notice.ts';
import { isUnfinished } from '../notices/run.ts';
import type { TellingStore } from '../notices/telling-store.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import { changePractice } from './practice-change.ts';
import { runPlaces } from './run-places.ts';
import { tellingChange } from './telling-change.ts';
import { tellingCounts } from './telling-counts.ts';
import { patientsById, toPlace, toRun, toTaking, toTelling, toVersion } from './telling-rows.ts';

/** Who was told what, and the batches by which, in the database. */
export function tellingStore(database: Database): TellingStore {
  const { reader, kind } = database;
  const counts = (practiceId: string) => tellingCounts(reader, kind, practiceId);
  return {
    groups: (practiceId, about) => counts(practiceId).groups(about),
    months: (practiceId, versions) => counts(practiceId).months(versions),
    objectedAfter: (practiceId, versions) => counts(practiceId).objectedAfter(versions),
    people: (practiceId, about, keys, part) => counts(practiceId).people(about, keys, part),
    async died(practiceId) {
      const where = { practiceId, status: 'registered', dateOfDeath: { not: null } };
      return (await reader.patient.findMany({ where, select: { id: true } })).map(({ id }) => id);
    },
    async versions(practiceId) {
      const rows = await reader.noticeVersion.findMany({
        where: { practiceId, publishedAt: { not: null } },
        orderBy: { publishedAt: 'desc' },
      });
      const notices = await reader.notice.findMany({ where: { practiceId } });
      const names = new Map(notices.map(({ id, name }) => [id, name]));
      return rows.map((row) => toVersion(row, names.get(row.noticeId) ?? ''));
    },
    translations: (practiceId, { noticeId, version }) =>
      reader.noticeTranslation.findMany({
        where: { practiceId, noticeId, version },
        orderBy: { addedIndex: 'desc' },
        select: { id: true, language: true, format: true },
      }),
    async translated(practiceId, id) {
      const row = await reader.noticeTranslation.findFirst({ where: { practiceId, id } });
      return row && (JSON.parse(row.content) as TranslatedContent);
    },
    async ofPatient(practiceId, patientId) {
      const where = { practiceId, patientId };
      return (await reader.toldAct.findMany({ where, orderBy: { ledgerIndex: 'asc' } })).map(toTelling);
    },
    runs: async (practiceId) =>
      (await reader.noticeRun.findMany({ where: { practiceId }, orderBy: { madeAt: 'desc' } })).map(toRun),
    async run(practiceId, id) {
      const row = await reader.noticeRun.findFirst({ where: { practiceId, id } });
      return row && toRun(row);
    },
    async outcomes(practiceId, runId) {
      const rows = await reader.$queryRaw<{ outcome: string; count: bigint }[]>(Prisma.sql`
        SELECT "outcome", COUNT(DISTINCT "attemptId") AS "count" FROM "ToldAct"
        WHERE "practiceId" = ${practiceId} AND "runId" = ${runId} GROUP BY "outcome" ORDER BY "outcome"`);
      return rows.map(({ outcome, count }) => ({ outcome, count: Number(count) }));
    },
    takings: async (practiceId, runId) =>
      (
        await reader.noticeRunTaking.findMany({
          where: { practiceId, runId },
          orderBy: { startedAt: 'desc' },
        })
      ).map(toTaking),
    ...runPlaces(database),
    placed: (runId) => reader.noticeRunPatient.count({ where: { runId } }),
    places: async (runId, from, take) =>
      (
        await reader.noticeRunPatient.findMany({
          where: { runId, place: { gte: from } },
          orderBy: { place: 'asc' },
          take,
        })
      ).map(toPlace),
    patients: (practiceId, ids) => patientsById(reader, practiceId, ids),
    async unfinished() {
      const rows = await reader.noticeRun.findMany({
        where: { state: { in: ['making', 'sent'] }, endedAt: null },
      });
      return rows
        .map((row) => ({ practiceId: row.practiceId, ...toRun(row) }))
        .filter(isUnfinished)
        .map(({ practiceId, id }) => ({ practiceId, runId: id }));
    },
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(tellingChange(change, kind))),
  };
}
