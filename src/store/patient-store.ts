import { listedFields, nameKey, type Patient, type PatientStatus } from '../patients/patient.ts';
import type { ListMember, PatientChange, PatientStore } from '../patients/patient-store.ts';
import type { Database } from './database.ts';
import type { PatientModel } from './generated/sqlite/models.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

/** Patients, found by what people say of themselves. */
export function patientStore(database: Database): PatientStore {
  const find = async (where: object) =>
    (await database.reader.patient.findMany({ where, orderBy: { ordinal: 'asc' } })).map(toPatient);
  return {
    byId: async (practiceId, id) => (await find({ practiceId, id }))[0] ?? null,
    byIds: (practiceId, ids) => find({ practiceId, id: { in: [...ids] } }),
    byNhsNumber: (practiceId, nhsNumber) => find({ practiceId, nhsNumber }),
    byDateOfBirth: (practiceId, dateOfBirth) => find({ practiceId, dateOfBirth }),
    objectionsOf: (practiceId, patientIds) =>
      database.reader.objection.findMany({
        where: { practiceId, patientId: { in: [...patientIds] } },
        orderBy: { type: 'asc' },
        select: {
          id: true,
          patientId: true,
          type: true,
          status: true,
          needsSettling: true,
          tellNational: true,
        },
      }),
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(patientChange(change))),
  };
}

/** What commands on patients may do inside a change, for stores that change more than patients. */
export function patientChange(change: PracticeChange): PatientChange {
  const { tx, practiceId } = change;
  return {
    append: change.append,
    takeOrdinals: change.takeOrdinals,
    withNumbers: async (nhsNumbers) =>
      (
        await tx.patient.findMany({
          where: { practiceId, nhsNumber: { in: [...nhsNumbers] } },
          orderBy: { ordinal: 'asc' },
        })
      ).map(toPatient),
    async add(patients) {
      await tx.patient.createMany({
        data: patients.map((patient) => ({ ...patient, practiceId, ...keysOf(patient) })),
      });
    },
    async update(id, person, changedAtIndex) {
      const listed = Object.fromEntries(listedFields.map(([field]) => [field, person[field]]));
      await tx.patient.update({
        where: { id, practiceId },
        data: { ...listed, ...keysOf(person), status: 'registered', leftOn: null, changedAtIndex },
      });
    },
    everybody: async () =>
      (await tx.patient.findMany({
        where: { practiceId },
        orderBy: { ordinal: 'asc' },
        select: { id: true, ordinal: true, nhsNumber: true, dateOfBirth: true, status: true },
      })) as ListMember[],
  };
}

function keysOf({ givenName, familyName }: Pick<Patient, 'givenName' | 'familyName'>) {
  return { givenNameKey: nameKey(givenName), familyNameKey: nameKey(familyName) };
}

/** A row as the rules read it. */
export function toPatient(row: PatientModel): Patient {
  const { practiceId: _, givenNameKey: __, familyNameKey: ___, restricted: ____, status, ...rest } = row;
  return { ...rest, status: status as PatientStatus };
}
