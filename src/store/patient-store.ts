import { nameKey, type Patient, type PatientStatus } from '../patients/patient.ts';
import type { ListMember, PatientChange, PatientStore } from '../patients/patient-store.ts';
import type { Database } from './database.ts';
import type { PatientModel } from './generated/sqlite/models.ts';
import { manyRows } from './many-rows.ts';
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
          acknowledgeSince: true,
          acknowledgedAt: true,
          acknowledgedBy: true,
        },
      }),
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(patientChange(change, database.kind))),
  };
}

/** What commands on patients may do inside a change, for stores that change more than patients. */
export function patientChange(change: PracticeChange, kind: Database['kind']): PatientChange {
  const { tx, practiceId } = change;
  const many = manyRows(tx, kind);
  return {
    append: change.append,
    takeOrdinals: change.takeOrdinals,
    withNumbers: async (nhsNumbers) =>
      (
        await tx.patient.findMany({
          where: { practiceId, nhsNumber: { in: [...nhsNumbers] }, ...onList },
          orderBy: { ordinal: 'asc' },
        })
      ).map(toPatient),
    add: (patients) =>
      many.insert(
        'Patient',
        patients.map((patient) => ({ ...patient, practiceId, ...keysOf(patient) })),
      ),
    update: (people, changedAtIndex) =>
      many.update(
        'Patient',
        people.map(({ id, person }) => ({
          id,
          ...person,
          ...keysOf(person),
          status: 'registered',
          leftOn: null,
          changedAtIndex,
        })),
      ),
    everybody: async () =>
      (await tx.patient.findMany({
        where: { practiceId, ...onList },
        orderBy: { ordinal: 'asc' },
        select: { id: true, ordinal: true, nhsNumber: true, dateOfBirth: true, status: true },
      })) as ListMember[],
  };
}

/** Who is to be matched with the list is not on it. */
export const onList = { status: { not: 'to-be-matched' } };

export function keysOf({ givenName, familyName }: Pick<Patient, 'givenName' | 'familyName'>) {
  return { givenNameKey: nameKey(givenName), familyNameKey: nameKey(familyName) };
}

/** A row as the rules read it. */
export function toPatient(row: PatientModel): Patient {
  const { practiceId: _, givenNameKey: __, familyNameKey: ___, status, ...rest } = row;
  return { ...rest, status: status as PatientStatus };
}
