import type { LocalId } from '../../patients/local-ids.ts';
import type { CodedReportChange, ReportedRecord } from './coded-report-store.ts';
import type { CodedReport, RowPatient } from './read-coded-report.ts';

/** The record that a row means, or why nobody can say. */
export type Matched = ReportedRecord | { readonly fault: string };

const keyOf = ({ kind, value }: LocalId) => `${kind} ${value}`;

/** Reads everybody whom the report names, and returns what tells of a row who it is. */
export async function matchRows(
  change: CodedReportChange,
  { entries, alike }: Pick<CodedReport, 'entries' | 'alike'>,
): Promise<(patient: RowPatient) => Matched> {
  const named = [...entries, ...alike].map(({ patient }) => patient);
  const numbers = [...new Set(named.flatMap(({ nhsNumber }) => nhsNumber ?? []))];
  const ids = new Map(named.flatMap(({ localIds }) => localIds.map((id) => [keyOf(id), id] as const)));
  const byNumber = new Map<string, ReportedRecord[]>();
  for (const record of await change.withNumbers(numbers))
    byNumber.set(record.nhsNumber, [...(byNumber.get(record.nhsNumber) ?? []), record]);
  const byId = new Map<string, ReportedRecord[]>();
  for (const { localId, ...record } of await change.withLocalIds([...ids.values()]))
    byId.set(keyOf(localId), [...(byId.get(keyOf(localId)) ?? []), record]);
  return ({ nhsNumber, localIds }) => {
    const known = localIds.map((id) => byId.get(keyOf(id)) ?? []);
    if (nhsNumber === null) return oneOf(known.flat(), 'id');
    const found = oneOf(byNumber.get(nhsNumber) ?? [], 'NHS number');
    if ('fault' in found || known.flat().every(({ person }) => person === found.person)) return found;
    return { fault: 'The NHS number and the clinical system’s own id are of two different patients' };
  };
}

/** Whoever is on the list comes before somebody who was not found on it yet. Two people are nobody. */
function oneOf(records: readonly ReportedRecord[], by: 'NHS number' | 'id'): Matched {
  const listed = records.filter(({ isOnList }) => isOnList);
  const [first, ...others] = listed.length > 0 ? listed : records;
  if (first === undefined) return { fault: `Nobody on the practice’s list has this ${by}` };
  if (others.some(({ person }) => person !== first.person))
    return { fault: `Two patients on the list have this ${by}: it cannot be said whose code it is` };
  return first;
}
