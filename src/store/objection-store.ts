import { randomUUID } from 'node:crypto';
import type { ObjectionChange, ObjectionStore, WaitingForAnswer } from '../objections/objection-store.ts';
import { recordedAct } from './act-row.ts';
import type { Database } from './database.ts';
import { recordsOf } from './person-store.ts';
import { portionsOf } from './portions.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

/** Acts on objections, kept together with the row for lists and the patient's last change. */
export function objectionStore(database: Database): ObjectionStore {
  return {
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(objectionChange(change))),
  };
}

/** What commands on objections may do inside a change, for stores that change more than objections. */
export function objectionChange(change: PracticeChange): ObjectionChange {
  const { tx, practiceId } = change;
  const acts = async (where: object) =>
    (
      await tx.objectionAct.findMany({ where: { practiceId, ...where }, orderBy: { ledgerIndex: 'asc' } })
    ).map(recordedAct);
  return {
    append: change.append,
    patient: (id) =>
      tx.patient.findFirst({ where: { id, practiceId }, select: { id: true, dateOfBirth: true } }),
    recordsOf: (patientId) => recordsOf(tx, practiceId, patientId),
    act: async (id) => (await acts({ id }))[0] ?? null,
    ofRequest: (requestId) => acts({ requestId }),
    async askSecondLook({ requestId, patientId, by: askedBy, at: askedAt }) {
      await tx.authorityCheck.create({ data: { requestId, practiceId, patientId, askedAt, askedBy } });
    },
    actsOf: (patientId, type) => acts({ patientId, type }),
    async save(act, row) {
      const { actor, needsDecision = false, ...columns } = act;
      await tx.objectionAct.create({
        data: { ...columns, practiceId, actorKind: actor.kind, actorId: actor.id, needsDecision },
      });
      const { patientId, type, ledgerIndex: changedAtIndex } = act;
      await tx.objection.upsert({
        where: { patientId_type: { patientId, type } },
        create: { id: randomUUID(), practiceId, patientId, type, changedAtIndex, ...row },
        update: { changedAtIndex, ...row },
      });
      // On every record of the person: the guard's index reads each that changed.
      const where = { practiceId, id: { in: await recordsOf(tx, practiceId, patientId) } };
      await tx.patient.updateMany({ where, data: { changedAtIndex } });
    },
    listed: (patientId, type) =>
      tx.objection.findUnique({
        where: { patientId_type: { patientId, type } },
        select: { toldNationalAt: true, acknowledgeSince: true },
      }),
    async told(patientId, by, toldNationalAt) {
      const { count } = await tx.objection.updateMany({
        where: { practiceId, patientId, tellNational: true },
        data: { tellNational: false, toldNationalAt, toldNationalBy: by.id },
      });
      return count;
    },
    async waitingForAnswer(patientIds) {
      const found: WaitingForAnswer[] = [];
      for (const some of portionsOf(patientIds)) {
        const where = { practiceId, patientId: { in: some }, acknowledgeSince: { not: null } };
        for (const { id, patientId, type, acknowledgeSince } of await tx.objection.findMany({ where }))
          if (acknowledgeSince !== null) found.push({ id, patientId, type, acknowledgeSince });
      }
      return found;
    },
    async answered(ids, acknowledgeSince, by, acknowledgedAt) {
      const data = { acknowledgeSince, acknowledgedAt, acknowledgedBy: by.id };
      for (const some of portionsOf(ids))
        await tx.objection.updateMany({ where: { practiceId, id: { in: some } }, data });
    },
  };
}
