import { gives, isConsentInForce } from '../consents/consent.ts';
import { groupBy } from '../group-by.ts';
import type { PatientRecord } from '../guard/patient-index.ts';
import { type ObjectionType, objectionTypes, standing } from '../objections/objection.ts';
import type { LocalId, LocalIdKind } from '../patients/local-ids.ts';
import { recordedAct } from './act-row.ts';
import { consentHistories, recordedConsent } from './consent-store.ts';
import type { Transaction } from './database.ts';
import type { ObjectionActModel, PatientModel } from './generated/sqlite/models.ts';
import type { ActsByPatient } from './packed-objections.ts';
import { type Table, unlessEmpty, type WithAny } from './patients-with-any.ts';
import { toldOf } from './told-rows.ts';

/** What the index wants of a patient. */
export const patientColumns = ['ordinal', 'id', 'nhsNumber', 'personId', 'status', 'restricted'] as const;
/** The same for Prisma. */
export const columns = Object.fromEntries(patientColumns.map((name) => [name, true])) as Record<
  (typeof patientColumns)[number],
  true
>;
export type PatientRow = Pick<PatientModel, (typeof patientColumns)[number]>;

export type RecordReader = Pick<
  Transaction,
  'patient' | 'objectionAct' | 'consentAct' | 'toldAct' | 'localId' | 'ledgerHead'
>;

/** What was read of a whole practice before, so that it need not be asked for each portion. */
export type FirstRead = {
  readonly objections: ActsByPatient;
  readonly withAny: WithAny;
};

/** The records of patients, of whom only those are asked for who have anything but their row. */
export async function patientRecords(
  reader: RecordReader,
  practiceId: string,
  patients: readonly PatientRow[],
  first?: FirstRead,
): Promise<PatientRecord[]> {
  if (first === undefined) return withAllActs(reader, practiceId, patients);
  const hasAny = ({ id, personId }: PatientRow) =>
    personId !== null || first.objections.has(id) || first.withAny(undefined, id);
  const records = patients.map((patient) => (hasAny(patient) ? undefined : recordOf(patient)));
  const some = patients.filter((_, place) => records[place] === undefined);
  const found = some.length === 0 ? [] : await withAllActs(reader, practiceId, some, first);
  let next = 0;
  return records.map((record) => record ?? (found[next++] as PatientRecord));
}

const recordOf = (patient: PatientRow): PatientRecord => ({
  ordinal: patient.ordinal,
  id: patient.id,
  nhsNumber: patient.nhsNumber,
  person: patient.personId,
  listed: patient.status !== 'to-be-matched',
  left: patient.status !== 'registered' && patient.status !== 'to-be-matched',
  restricted: patient.restricted,
  objected: NEITHER,
});

const NEITHER = { type1: false, type2: false };

async function withAllActs(
  reader: RecordReader,
  practiceId: string,
  patients: readonly PatientRow[],
  first?: FirstRead,
): Promise<PatientRecord[]> {
  const recordsOf = await otherRecords(reader, practiceId, patients);
  const ids = [...new Set(patients.flatMap((patient) => recordsOf(patient)))];
  const those = (table: Table, some: readonly string[] = ids) =>
    first === undefined ? some : some.filter((id) => first.withAny(table, id));
  const own = patients.map(({ id }) => id);
  const acts =
    first === undefined
      ? await reader.objectionAct.findMany({ where: { practiceId, patientId: { in: ids } } })
      : ids.flatMap((id) => first.objections.get(id) ?? []);
  const byPatient = first?.objections ?? groupBy(acts, ({ patientId }) => patientId);
  const consentsOf = await consentsInForce(reader, practiceId, acts, those('ConsentAct'));
  const told = those('ToldAct', own);
  const toldBy = told.length === 0 ? () => [] : await toldOf(reader, practiceId, told);
  const idsOf = await localIds(reader, practiceId, those('LocalId', own));
  return patients.map((patient) => ({
    ...recordOf(patient),
    objected: objected(recordsOf(patient).map((id) => byPatient.get(id) ?? [])),
    consents: consentsOf(patient.id, recordsOf(patient)),
    told: toldBy(patient.id),
    localIds: idsOf(patient),
  }));
}

/** Tells of a record the extracts to which its patient's consent is in force. */
async function consentsInForce(
  reader: Pick<Transaction, 'consentAct'>,
  practiceId: string,
  objections: readonly ObjectionActModel[],
  ids: readonly string[],
): Promise<(patientId: string, records: readonly string[]) => string[]> {
  const rows = await unlessEmpty(ids, (some) =>
    reader.consentAct.findMany({ where: { practiceId, patientId: { in: some } } }),
  );
  if (rows.length === 0) return () => [];
  const historyOf = consentHistories(rows.map(recordedConsent), objections.map(recordedAct));
  const extracts = [...new Set(rows.map(({ extractId }) => extractId))];
  return (patientId, records) =>
    extracts.filter((extractId) => {
      const { acts, against } = historyOf(patientId, records, extractId);
      return isConsentInForce(acts.filter(gives), against);
    });
}

/** Tells of a patient what the practice's own system calls them by. */
async function localIds(reader: RecordReader, practiceId: string, patientIds: readonly string[]) {
  const ids = await unlessEmpty(patientIds, (some) =>
    reader.localId.findMany({
      where: { practiceId, patientId: { in: some } },
      select: { patientId: true, kind: true, value: true },
    }),
  );
  const byPatient = groupBy(ids, ({ patientId }) => patientId);
  return ({ id }: PatientRow): LocalId[] =>
    (byPatient.get(id) ?? []).map(({ kind, value }) => ({ kind: kind as LocalIdKind, value }));
}

/** Tells of a patient the ids of all records of the same person, their own included. */
async function otherRecords(reader: RecordReader, practiceId: string, patients: readonly PatientRow[]) {
  const people = [...new Set(patients.flatMap(({ personId }) => personId ?? []))];
  const records =
    people.length === 0
      ? []
      : await reader.patient.findMany({
          where: { practiceId, personId: { in: people } },
          select: { id: true, personId: true },
        });
  const byPerson = groupBy(records, ({ personId }) => personId ?? '');
  return ({ id, personId }: Pick<PatientModel, 'id' | 'personId'>): string[] =>
    personId === null ? [id] : [...new Set([id, ...(byPerson.get(personId) ?? []).map((one) => one.id)])];
}

/** What the acts on each record of a person come to: one record alone is enough for an objection. */
function objected(histories: readonly (readonly ObjectionActModel[])[]): PatientRecord['objected'] {
  const inForce = histories.flatMap((acts) =>
    [...groupBy(acts, ({ type }) => type)]
      .filter(([, ofType]) => standing(ofType.map(recordedAct)).inForce)
      .map(([type]) => type),
  );
  // An objection of a type that this version does not know counts as both: doubt means withhold.
  const unknown = inForce.some((type) => !objectionTypes.includes(type as ObjectionType));
  return { type1: unknown || inForce.includes('type-1'), type2: unknown || inForce.includes('type-2') };
}
