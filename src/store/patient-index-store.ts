import { gives, isConsentInForce } from '../consents/consent.ts';
import { groupBy } from '../group-by.ts';
import type { PatientIndexSource } from '../guard/live-index.ts';
import type { PatientRecord } from '../guard/patient-index.ts';
import { type ObjectionType, objectionTypes, standing } from '../objections/objection.ts';
import type { LocalId, LocalIdKind } from '../patients/local-ids.ts';
import { recordedAct } from './act-row.ts';
import { consentHistories, recordedConsent } from './consent-store.ts';
import type { Database, Transaction } from './database.ts';
import type { ObjectionActModel, PatientModel } from './generated/sqlite/models.ts';
import type { KnownPractice } from './known-practices.ts';
import { packedRows } from './packed-rows.ts';
import { patientsWithAny, type Table, unlessEmpty, type WithAny } from './patients-with-any.ts';
import { toldOf } from './told-rows.ts';

/** Patients are read in portions of this many, so that what is read of a large practice is never in memory at once. */
const PORTION = 1000;

/** What the index wants of a patient. */
const patientColumns = ['ordinal', 'id', 'nhsNumber', 'personId', 'status', 'restricted'] as const;
const columns = Object.fromEntries(patientColumns.map((name) => [name, true])) as Record<
  (typeof patientColumns)[number],
  true
>;
type PatientRow = Pick<PatientModel, (typeof patientColumns)[number]>;

type Reader = Pick<
  Transaction,
  'patient' | 'objectionAct' | 'consentAct' | 'toldAct' | 'localId' | 'ledgerHead'
>;

/** The patients of a practice as the guard's index wants them. */
export function patientIndexSource(database: Database, practiceId: string): PatientIndexSource {
  /** As of the last look at the ledger's size. */
  let known: KnownPractice | undefined;
  return {
    async ledgerSize() {
      const now = await database.known.now(practiceId);
      known = now.known;
      return now.state.size;
    },
    async entryAt(ledgerIndex) {
      const read = () => entryAt(database.reader, practiceId, ledgerIndex);
      return known === undefined ? read() : known.entryAt(ledgerIndex, read);
    },
    changedSince(ledgerIndex) {
      if (ledgerIndex === 0) return everybody(database, practiceId);
      // Checks change nobody.
      if (known?.isQuietFrom(ledgerIndex)) return (async function* () {})();
      return changedPatients(database.reader, practiceId, ledgerIndex);
    },
  };
}

/** The commitment of an entry of the ledger, in hexadecimal; undefined when there is none with this index. */
export async function entryAt(
  reader: Pick<Transaction, 'ledgerLeaf'>,
  practiceId: string,
  index: number,
): Promise<string | undefined> {
  const leaf = await reader.ledgerLeaf.findUnique({ where: { practiceId_index: { practiceId, index } } });
  return leaf === null ? undefined : Buffer.from(leaf.commitment).toString('hex');
}

/** Everybody, at the first use of a practice: what is read of them is packed, and only those are asked for who have any. */
async function* everybody(
  { reader, kind }: Database,
  practiceId: string,
): AsyncGenerator<readonly PatientRecord[]> {
  const withAny = await patientsWithAny(reader, kind, practiceId);
  const table = 'Patient';
  const columns = patientColumns.map((name) => [name, name === 'restricted' ? 'flag' : 'plain'] as const);
  for await (const rows of packedRows(reader, kind, { table, columns, practiceId, by: 'ordinal' })) {
    const patients = rows.map((row) =>
      Object.fromEntries(patientColumns.map((name, place) => [name, row[place]])),
    ) as unknown as PatientRow[];
    yield await withActs(reader, practiceId, patients, withAny);
  }
}

/** In portions, the patients that an entry with this index or a later one touched, with what their acts come to. */
export async function* changedPatients(
  reader: Reader,
  practiceId: string,
  ledgerIndex: number,
): AsyncGenerator<readonly PatientRecord[]> {
  if (ledgerIndex > 0) {
    // By the index of when they changed: nearly always nobody, or one. Only a change of many is worth a walk of the list.
    const few = await reader.patient.findMany({
      where: { practiceId, changedAtIndex: { gte: ledgerIndex } },
      select: columns,
      orderBy: { changedAtIndex: 'asc' },
      take: PORTION + 1,
    });
    if (few.length > 0 && few.length <= PORTION) yield await withActs(reader, practiceId, few);
    if (few.length <= PORTION) return;
  }
  for (let last = -1; ; ) {
    const patients = await reader.patient.findMany({
      where: {
        practiceId,
        ordinal: { gt: last },
        ...(ledgerIndex > 0 && { changedAtIndex: { gte: ledgerIndex } }),
      },
      select: columns,
      orderBy: { ordinal: 'asc' },
      take: PORTION,
    });
    if (patients.length > 0) yield await withActs(reader, practiceId, patients);
    last = patients.at(-1)?.ordinal ?? last;
    if (patients.length < PORTION) return;
  }
}

async function withActs(
  reader: Reader,
  practiceId: string,
  patients: readonly PatientRow[],
  withAny: WithAny = () => true,
): Promise<PatientRecord[]> {
  const recordsOf = await otherRecords(reader, practiceId, patients);
  const ids = [...new Set(patients.flatMap((patient) => recordsOf(patient)))];
  const those = (table: Table, some: readonly string[] = ids) => some.filter((id) => withAny(table, id));
  const own = patients.map(({ id }) => id);
  const acts = await unlessEmpty(those('ObjectionAct'), (some) =>
    reader.objectionAct.findMany({ where: { practiceId, patientId: { in: some } } }),
  );
  const byPatient = groupBy(acts, ({ patientId }) => patientId);
  const consentsOf = await consentsInForce(reader, practiceId, acts, those('ConsentAct'));
  const told = those('ToldAct', own);
  const toldBy = told.length === 0 ? () => [] : await toldOf(reader, practiceId, told);
  const idsOf = await localIds(reader, practiceId, those('LocalId', own));
  return patients.map((patient) => ({
    ordinal: patient.ordinal,
    id: patient.id,
    nhsNumber: patient.nhsNumber,
    person: patient.personId,
    listed: patient.status !== 'to-be-matched',
    left: patient.status !== 'registered' && patient.status !== 'to-be-matched',
    restricted: patient.restricted,
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
async function localIds(reader: Reader, practiceId: string, patientIds: readonly string[]) {
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
async function otherRecords(reader: Reader, practiceId: string, patients: readonly PatientRow[]) {
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
