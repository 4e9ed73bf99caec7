import type { PatientRecord } from './patient-index.ts';

/**
 * By extract, who consented, after some records were read again. Copies only what changes: a value of an index that somebody works with stays as it is.
 */
export function consentsWith(
  before: ReadonlyMap<string, ReadonlySet<number>>,
  records: readonly Pick<PatientRecord, 'ordinal' | 'consents'>[],
): ReadonlyMap<string, ReadonlySet<number>> {
  const after = new Map<string, Set<number>>();
  const copyOf = (extractId: string) => {
    const copy = after.get(extractId) ?? new Set(before.get(extractId));
    after.set(extractId, copy);
    return copy;
  };
  for (const { ordinal, consents = [] } of records) {
    if (before.size + after.size + consents.length === 0) continue;
    for (const extractId of consents) copyOf(extractId).add(ordinal);
    for (const [extractId, consented] of new Map([...before, ...after]))
      if (consented.has(ordinal) && !consents.includes(extractId)) copyOf(extractId).delete(ordinal);
  }
  return after.size === 0 ? before : new Map([...before, ...after]);
}
