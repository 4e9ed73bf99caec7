import type { Services } from '../../src/services.ts';
import { anApprovedExtract } from '../support/extracts.ts';
import { extractCsv, somePatients } from '../support/factories.ts';
import { addStaffedPractice, type StaffedPractice } from '../support/people.ts';

/** A practice ready to record and to release, and a file with rows of all its patients. */
export type BusyPractice = {
  readonly staffed: StaffedPractice;
  readonly practiceId: string;
  /** By NHS number. */
  readonly patientIds: ReadonlyMap<string, string>;
  readonly extractId: string;
  readonly key: string;
  readonly csv: string;
};

const by = { kind: 'command-line', id: 'test' } as const;
const words = 'seen in clinic and asked to come back in six months for a review of the medicines ';

/** Sets one up. The file is large enough that an answer does not fit into what the network keeps in hand. */
export async function openBusyPractice(services: Services, people: number): Promise<BusyPractice> {
  const staffed = await addStaffedPractice(services);
  const practiceId = staffed.practice.id;
  const adults = somePatients(2 * people).filter(({ dateOfBirth }) => dateOfBirth < '2000');
  const patients = await services.patients.add(practiceId, adults.slice(0, people), by);
  await services.objections.takeIn({ practiceId, how: 'none-before' }, by);
  const extractId = await anApprovedExtract(services, practiceId);
  const expiresAt = new Date('2099-01-01T00:00:00Z');
  const made = await services.keys.make({ practiceId, name: 'Job', extracts: [extractId], expiresAt }, by);
  if (!made.ok) throw new Error(made.reason);
  const event = { date: '2026-01-01', kind: 'x', code: '1', term: 'x', note: words.repeat(20) };
  return {
    staffed,
    practiceId,
    patientIds: new Map(patients.map(({ nhsNumber, id }) => [nhsNumber, id])),
    extractId,
    key: made.key,
    csv: extractCsv(patients.flatMap(({ nhsNumber }) => [1, 2].map(() => ({ nhsNumber, ...event })))),
  };
}

/** The NHS numbers of the rows in what arrived, the last and broken row included when it has its number. */
export function numbersIn(csv: string): Set<string> {
  const lines = csv.split('\n').slice(1);
  return new Set(lines.map((line) => line.slice(0, 10)).filter((number) => /^\d{10}$/.test(number)));
}
