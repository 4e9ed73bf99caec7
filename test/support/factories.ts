import { madeUpEvents } from '../../src/demo/made-up-events.ts';
import { type MadeUpPatient, madeUpPatient } from '../../src/demo/made-up-patient.ts';

// Made-up people and files for tests: the same that the made-up practice is built from.
export { type EventRow, eventColumns, extractCsv, patientsCsv } from '../../src/demo/files.ts';
export { madeUpEvents } from '../../src/demo/made-up-events.ts';
export { madeUpNhsNumber } from '../../src/demo/made-up-numbers.ts';
export type { MadeUpPatient } from '../../src/demo/made-up-patient.ts';
export { type Random, seeded } from '../../src/demo/random.ts';

/** Person number n (0 to about 90,000), always the same, with what the test wants to be different. */
export function aPatient(n: number, different: Partial<MadeUpPatient> = {}): MadeUpPatient {
  return { ...madeUpPatient(n), ...different };
}

/** The first `count` people, or those from `from` on. */
export function somePatients(count: number, from = 0): MadeUpPatient[] {
  return Array.from({ length: count }, (_, n) => madeUpPatient(from + n));
}

/** What happened to these people: the rows of an extract. */
export function eventsOf(patients: readonly MadeUpPatient[]) {
  return patients.flatMap(({ nhsNumber }) => madeUpEvents(nhsNumber));
}
