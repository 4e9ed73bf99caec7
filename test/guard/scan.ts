import { expect } from 'vitest';
import type { Field } from '../../src/extracts/extract.ts';
import type { Rule } from '../../src/guard/decide.ts';
import { type Plan, type ReleaseFormat, ReleaseMemory } from '../../src/guard/decide-records.ts';
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

/** Scans into memory: as a file with few rows is, and as one with many, which has to come to the same. */
export async function scan(
  input: string | Buffer | readonly Buffer[],
  different: Partial<Plan>,
  format: ReleaseFormat = 'text/csv',
) {
  const plan: Plan = {
    version: { fields: [], nhsNumberColumn: null },
    rule: bothTypes,
    index: PatientIndex.empty,
    pseudonymKey: Buffer.alloc(32),
    ...different,
  };
  const chunks = typeof input === 'string' || Buffer.isBuffer(input) ? [Buffer.from(input)] : input;
  const few = await scanWith(new ReleaseMemory(plan), chunks, plan, format);
  expect(factsOf(await scanWith(new ReleaseMemory(plan, 0), chunks, plan, format))).toEqual(factsOf(few));
  return few;
}

async function scanWith(memory: ReleaseMemory, chunks: readonly Buffer[], plan: Plan, format: ReleaseFormat) {
  const rows = new MemorySink();
  const notes = new MemorySink();
  const scanned = await scanRelease(chunks, plan, { rows, notes }, { format, memory });
  return { scanned, output: rows.bytes(), notes: notes.bytes() };
}

/** All that was found, and what became of whom. */
function factsOf({ scanned, output, notes }: Awaited<ReturnType<typeof scanWith>>) {
  const written = [output.toString('latin1'), notes.toString('latin1')];
  if (!scanned.ok) return { scanned, written };
  const { membership, ...rest } = scanned;
  const { members, unlisted, withheld } = membership.account(Buffer.alloc(16));
  return { rest, written, members, unlisted, withheld, canaries: membership.canariesSeen() };
}
