import type { Field } from '../../src/extracts/extract.ts';
import type { Rule } from '../../src/guard/decide.ts';
import type { Plan, ReleaseFormat } from '../../src/guard/decide-records.ts';
import { PatientIndex, type PatientRecord } from '../../src/guard/patient-index.ts';
import { scanRelease } from '../../src/guard/scan-release.ts';
import { MemorySink } from './memory-sink.ts';

/** Applies both types of objection, as most grounds do. */
export const bothTypes: Rule = { withholdsNobody: false, type1: true, type2: true, includeLeft: false };
export const directCare: Rule = { withholdsNobody: true, type1: false, type2: false, includeLeft: false };

export const keep = (...names: string[]): Field[] => names.map((name) => ({ name, treatment: 'keep' }));

/** Patients with these numbers, in order of ordinals; what is not said of one is nothing special. */
export function indexOf(
  patients: readonly (Partial<PatientRecord> & { nhsNumber: string; type1?: boolean; type2?: boolean })[],
): PatientIndex {
  const records = patients.map(({ type1 = false, type2 = false, ...given }, ordinal) => ({
    ordinal,
    id: `patient-${ordinal}`,
    person: null,
    listed: true,
    left: false,
    restricted: false,
    objected: { type1, type2 },
    ...given,
  }));
  return PatientIndex.empty.with(1, records);
}

/** Scans into memory. */
export async function scan(
  input: string | Buffer | readonly Buffer[],
  plan: Partial<Plan>,
  format: ReleaseFormat = 'text/csv',
) {
  const rows = new MemorySink();
  const notes = new MemorySink();
  const chunks = typeof input === 'string' || Buffer.isBuffer(input) ? [Buffer.from(input)] : input;
  const scanned = await scanRelease(
    chunks,
    {
      version: { fields: [], nhsNumberColumn: null },
      rule: bothTypes,
      index: PatientIndex.empty,
      pseudonymKey: Buffer.alloc(32),
      ...plan,
    },
    { rows, notes },
    { format },
  );
  return { scanned, output: rows.bytes(), notes: notes.bytes() };
}
