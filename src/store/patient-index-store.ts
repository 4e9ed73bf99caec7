import type { PatientIndexSource } from '../guard/live-index.ts';
import type { PatientRecord } from '../guard/patient-index.ts';
import type { Database, Transaction } from './database.ts';
import type { KnownPractice } from './known-practices.ts';
import { objectionsByPatient } from './packed-objections.ts';
import { packedRows } from './packed-rows.ts';
import {
  columns,
  type PatientRow,
  patientColumns,
  patientRecords,
  type RecordReader,
} from './patient-records.ts';
import { patientsWithAny } from './patients-with-any.ts';

/** Patients are read in portions of this many, so that what is read of a large practice is never in memory at once. */
const PORTION = 1000;

/** At the first use of a practice, where of most patients there is nothing but their row. */
const FIRST_PORTION = 4000;

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
  const first = {
    objections: await objectionsByPatient(reader, kind, practiceId),
    withAny: await patientsWithAny(reader, kind, practiceId),
  };
  const table = 'Patient';
  const columns = patientColumns.map((name) => [name, name === 'restricted' ? 'flag' : 'plain'] as const);
  const portion = FIRST_PORTION;
  for await (const rows of packedRows(reader, kind, { table, columns, practiceId, by: 'ordinal', portion })) {
    const patients = rows.map(
      // In the order of patientColumns.
      ([ordinal, id, nhsNumber, personId, status, restricted]) =>
        ({ ordinal, id, nhsNumber, personId, status, restricted }) as PatientRow,
    );
    yield await patientRecords(reader, practiceId, patients, first);
  }
}

/** In portions, the patients that an entry with this index or a later one touched, with what their acts come to. */
export async function* changedPatients(
  reader: RecordReader,
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
    if (few.length > 0 && few.length <= PORTION) yield await patientRecords(reader, practiceId, few);
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
    if (patients.length > 0) yield await patientRecords(reader, practiceId, patients);
    last = patients.at(-1)?.ordinal ?? last;
    if (patients.length < PORTION) return;
  }
}
