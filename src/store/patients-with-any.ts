import type { Database, Transaction } from './database.ts';
import { packedRows } from './packed-rows.ts';

const tables = ['ConsentAct', 'ToldAct', 'LocalId'] as const;
export type Table = (typeof tables)[number];

/** Whether a patient has any row in a table, or in one of them all when none is named. */
export type WithAny = (table: Table | undefined, patientId: string) => boolean;

/**
 * Reads of whom a practice has consents, notes of telling and local ids: of most patients, nothing at all. Who
 * gets the first one later is read again by whoever asks by the ledger.
 */
export async function patientsWithAny(
  reader: Pick<Transaction, '$queryRawUnsafe'>,
  kind: Database['kind'],
  practiceId: string,
): Promise<WithAny> {
  const withAny = new Map<Table, Set<string>>();
  for (const name of tables) {
    const ids = new Set<string>();
    const table = `(SELECT DISTINCT "practiceId", "patientId" FROM "${name}") AS owners`;
    const columns = [['patientId', 'plain']] as const;
    for await (const rows of packedRows(reader, kind, { table, columns, practiceId, by: 'patientId' }))
      for (const [id] of rows) ids.add(String(id));
    withAny.set(name, ids);
  }
  const inOne = [...withAny.values()].filter(({ size }) => size > 0);
  return (table, patientId) =>
    table === undefined
      ? inOne.some((ids) => ids.has(patientId))
      : withAny.get(table)?.has(patientId) === true;
}

/** Nobody is asked for where there is nobody. */
export const unlessEmpty = async <T>(
  ids: readonly string[],
  read: (ids: string[]) => Promise<T[]>,
): Promise<T[]> => (ids.length === 0 ? [] : read([...ids]));
