import type { UnusualLookStore } from '../patients/unusual-look-store.ts';
import { type NameKeys, staffNameKeys } from '../patients/unusual-looks.ts';
import type { Database } from './database.ts';
import { portionsOf } from './portions.ts';
import { changePractice } from './practice-change.ts';

const lookColumns = { seq: true, staffId: true, patientId: true, at: true, what: true } as const;
const columns = {
  ...{ id: true, rule: true, staffId: true, patientId: true, day: true, count: true },
  ...{ firstAt: true, lastAt: true, toSeq: true, outcome: true, reviewedAt: true, reviewedBy: true },
} as const;
const isWaiting = (waiting: boolean) => ({ outcome: waiting ? null : { not: null } });

/** Looks at patients that somebody should ask about. */
export function unusualLookStore(database: Database): UnusualLookStore {
  const { reader } = database;
  return {
    async notSearched(practiceId, from) {
      const watch = await reader.accessWatch.findUnique({ where: { practiceId } });
      const where = { practiceId, seq: { gt: watch?.seq ?? 0 }, at: { gte: from } };
      const select = lookColumns;
      const [first, last] = await Promise.all([
        reader.accessLog.findFirst({ where, orderBy: { seq: 'asc' }, select }),
        reader.accessLog.findFirst({ where, orderBy: { seq: 'desc' }, select }),
      ]);
      return first && last && { first: first.at, last };
    },
    looksBetween: (practiceId, from, to) =>
      reader.accessLog.findMany({
        where: { practiceId, at: { gte: from, lt: to } },
        orderBy: { seq: 'asc' },
        select: lookColumns,
      }),
    async known(practiceId, looks, from, to) {
      const patients = new Map<string, NameKeys & { restricted: boolean }>();
      for (const some of portionsOf([...new Set(looks.map(({ patientId }) => patientId))])) {
        const rows = await reader.patient.findMany({
          where: { practiceId, id: { in: some } },
          select: { id: true, givenNameKey: true, familyNameKey: true, restricted: true },
        });
        for (const { id, ...rest } of rows) patients.set(id, rest);
      }
      const staff = await reader.staff.findMany({ where: { practiceId }, select: { id: true, name: true } });
      const acts = {
        where: { practiceId, actorKind: 'staff', recordedAt: { gte: from, lt: to } },
        select: { actorId: true, patientId: true },
      } as const;
      const worked = await Promise.all([
        reader.objectionAct.findMany(acts),
        reader.consentAct.findMany(acts),
        reader.toldAct.findMany(acts),
      ]);
      return {
        patients,
        staff: new Map(staff.map(({ id, name }) => [id, staffNameKeys(name)])),
        worked: new Set(worked.flat().map(({ actorId, patientId }) => `${actorId} ${patientId}`)),
      };
    },
    list: (practiceId, { waiting, skip, take }) =>
      reader.unusualLook.findMany({
        where: { practiceId, ...isWaiting(waiting) },
        orderBy: [{ lastAt: 'desc' }, { id: 'asc' }],
        select: columns,
        skip,
        take,
      }),
    find: (practiceId, id) => reader.unusualLook.findFirst({ where: { id, practiceId }, select: columns }),
    count: (practiceId, waiting) =>
      reader.unusualLook.count({ where: { practiceId, ...isWaiting(waiting) } }),
    change: (practiceId, work) =>
      changePractice(database, practiceId, ({ tx, append }) =>
        work({
          append,
          ofDay: (day) => tx.unusualLook.findMany({ where: { practiceId, day }, select: columns }),
          async add(look) {
            await tx.unusualLook.create({ data: { ...look, practiceId } });
          },
          async extend(id, { count, firstAt, lastAt, toSeq }) {
            const data = { count, firstAt, lastAt, toSeq };
            await tx.unusualLook.updateMany({ where: { id, practiceId }, data });
          },
          async watchedTo(seq) {
            const data = { practiceId, seq };
            await tx.accessWatch.upsert({ where: { practiceId }, create: data, update: { seq } });
          },
          find: (id) => tx.unusualLook.findFirst({ where: { id, practiceId }, select: columns }),
          async review(id, outcome, reviewedBy, reviewedAt) {
            const data = { outcome, reviewedBy, reviewedAt };
            await tx.unusualLook.updateMany({ where: { id, practiceId }, data });
          },
        }),
      ),
  };
}
