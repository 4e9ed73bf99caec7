import { groupBy } from '../group-by.ts';
import type { NoticeContent } from '../notices/notice.ts';
import type { NoticeRun } from '../notices/run.ts';
import { RUN_PORTION } from '../notices/run.ts';
import type { Attempt, NoticeRef, TellingChange } from '../notices/telling-store.ts';
import type { RecordedTelling } from '../notices/told-entry.ts';
import type { Database } from './database.ts';
import { manyRows } from './many-rows.ts';
import type { PracticeChange } from './practice-change.ts';
import { tellingCounts } from './telling-counts.ts';
import { patientsById, toPlace, toRun, toTelling, toVersion } from './telling-rows.ts';

/** What commands on tellings may do inside a change of the practice. */
export function tellingChange(
  { tx, practiceId, append }: PracticeChange,
  kind: Database['kind'],
): TellingChange {
  const many = manyRows(tx, kind);
  const counts = tellingCounts(tx, kind, practiceId);
  const versionWhere = ({ noticeId, version }: NoticeRef) => ({ practiceId, noticeId, version });
  return {
    append,
    groups: counts.groups,
    next: (about, after) => counts.next(about, after, RUN_PORTION),
    async version(ref) {
      const row = await tx.noticeVersion.findFirst({
        where: { ...versionWhere(ref), publishedAt: { not: null } },
      });
      const notice = row && (await tx.notice.findFirst({ where: { id: row.noticeId, practiceId } }));
      return row && toVersion(row, notice?.name ?? '');
    },
    translations: (ref) =>
      tx.noticeTranslation.findMany({
        where: versionWhere(ref),
        orderBy: { addedIndex: 'desc' },
        select: { id: true, language: true, format: true },
      }),
    async wordings(ref) {
      const rows = [
        ...(await tx.noticeVersion.findMany({ where: versionWhere(ref), select: { content: true } })),
        ...(await tx.noticeTranslation.findMany({ where: versionWhere(ref), select: { content: true } })),
      ];
      return rows.map(({ content }) => JSON.parse(content) as NoticeContent);
    },
    patient: (id) =>
      tx.patient.findFirst({ where: { id, practiceId }, select: { id: true, dateOfDeath: true } }),
    async actsOf(patientId, ref) {
      const where = { ...versionWhere(ref), patientId };
      return (await tx.toldAct.findMany({ where, orderBy: { ledgerIndex: 'asc' } })).map(toTelling);
    },
    async attempts(references) {
      const where = { practiceId, attemptId: { in: [...references] } };
      const acts = (await tx.toldAct.findMany({ where, orderBy: { ledgerIndex: 'asc' } })).map(toTelling);
      const placed = await tx.noticeRunPatient.findMany({ where });
      const runs = new Map(
        (
          await tx.noticeRun.findMany({
            where: { id: { in: [...new Set(placed.map(({ runId }) => runId))] } },
          })
        ).map((run) => [run.id, run]),
      );
      const found = new Map<string, Attempt>();
      for (const row of placed) {
        const { runId, attemptId, patientId, translationId, leftOut } = { ...row, ...toPlace(row) };
        const run = runs.get(runId);
        if (run === undefined) continue;
        const { noticeId, version, how } = run;
        const of = { attemptId, patientId, noticeId, version, how, runId, translationId };
        found.set(attemptId, { ...of, leftOut, acts: [] });
      }
      for (const [attemptId, own] of groupBy(acts, (act) => act.attemptId)) {
        const [first] = own;
        if (first !== undefined) found.set(attemptId, { ...attemptOf(first), leftOut: null, acts: own });
      }
      return found;
    },
    async save(acts) {
      await many.insert(
        'ToldAct',
        acts.map(({ actor, ...act }) => ({ ...act, practiceId, actorKind: actor.kind, actorId: actor.id })),
      );
      await markChanged(acts);
    },
    async run(id) {
      const row = await tx.noticeRun.findFirst({ where: { id, practiceId } });
      return row && toRun(row);
    },
    async addRun(run) {
      await tx.noticeRun.create({ data: { ...run, practiceId } });
    },
    async saveRun(id, changes: Partial<NoticeRun>) {
      await tx.noticeRun.update({ where: { id, practiceId }, data: changes });
    },
    async lastOrdinal(runId) {
      const last = await tx.noticeRunPatient.findFirst({ where: { runId }, orderBy: { place: 'desc' } });
      if (last === null) return -1;
      return (await tx.patient.findUniqueOrThrow({ where: { id: last.patientId } })).ordinal;
    },
    countPlaces: (runId) => tx.noticeRunPatient.count({ where: { runId } }),
    addPlaces: ({ id: runId, noticeId }, places) =>
      many.insert(
        'NoticeRunPatient',
        places.map(({ place, patientId, attemptId, translationId }) => ({
          ...{ runId, place, practiceId, patientId, attemptId, translationId, openFor: noticeId },
        })),
      ),
    places: async (runId, from, take) =>
      (
        await tx.noticeRunPatient.findMany({
          where: { runId, practiceId, place: { gte: from } },
          orderBy: { place: 'asc' },
          take,
        })
      ).map(toPlace),
    patients: (ids) => patientsById(tx, practiceId, ids),
    async leaveOut(runId, places) {
      for (const [why, some] of groupBy(places, (one) => one.why))
        await tx.noticeRunPatient.updateMany({
          where: { runId, practiceId, place: { in: some.map(({ place }) => place) }, leftOut: null },
          data: { leftOut: why },
        });
    },
    async addTaking(taking) {
      await tx.noticeRunTaking.create({ data: { ...taking, practiceId } });
    },
    async saveTaking(id, changes) {
      await tx.noticeRunTaking.updateMany({ where: { id, practiceId }, data: changes });
    },
    async takePlaces(runId, places, takenAt) {
      const where = { runId, practiceId, place: { in: [...places] }, takenAt: null };
      await tx.noticeRunPatient.updateMany({ where, data: { takenAt } });
    },
    async countTaken(runId) {
      const where = { runId, practiceId, leftOut: null };
      const untaken = await tx.noticeRunPatient.count({ where: { ...where, takenAt: null } });
      return { untaken, taken: (await tx.noticeRunPatient.count({ where })) - untaken };
    },
    async leaveOutUntaken(runId, leftOut) {
      const where = { runId, practiceId, leftOut: null, takenAt: null };
      await tx.noticeRunPatient.updateMany({ where, data: { leftOut } });
    },
    async closePlaces(runId, places) {
      const place = places && { gte: places.from, lt: places.to };
      await tx.noticeRunPatient.updateMany({
        where: { runId, practiceId, ...(place && { place }) },
        data: { openFor: null },
      });
    },
  };

  /** On every record of the person, as for consents: the guard's index reads each that changed. */
  async function markChanged(acts: readonly RecordedTelling[]): Promise<void> {
    const own = await tx.patient.findMany({
      where: { practiceId, id: { in: [...new Set(acts.map(({ patientId }) => patientId))] } },
      select: { id: true, personId: true },
    });
    const people = [...new Set(own.flatMap(({ personId }) => personId ?? []))];
    const others = await tx.patient.findMany({
      where: { practiceId, personId: { in: people } },
      select: { id: true, personId: true },
    });
    const changed = new Map<string, number>();
    const personOf = new Map(own.map(({ id, personId }) => [id, personId]));
    for (const { patientId, ledgerIndex } of acts) {
      const person = personOf.get(patientId) ?? null;
      const records =
        person === null ? [patientId] : others.filter((one) => one.personId === person).map(({ id }) => id);
      for (const id of records) changed.set(id, Math.max(ledgerIndex, changed.get(id) ?? -1));
    }
    await many.update(
      'Patient',
      [...changed].map(([id, changedAtIndex]) => ({ id, changedAtIndex })),
    );
  }
}

function attemptOf(act: RecordedTelling): Omit<Attempt, 'acts' | 'leftOut'> {
  const { attemptId, patientId, noticeId, version, how, runId, translationId } = act;
  return { attemptId, patientId, noticeId, version, how, runId, translationId };
}
