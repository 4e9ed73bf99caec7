import type { Batch, FilePerson } from './import-batches.ts';
import type { KnownPeople } from './known-people.ts';
import type { Patient } from './patient.ts';
import { changesOf } from './person-changes.ts';
import type { ReadPerson } from './read-list-row.ts';
import { linesOf, type ReportRow, refusedLines } from './report-row.ts';
import { pairPeople } from './same-person.ts';

/** What a batch does to the list. */
export type Plan = {
  readonly add: readonly { readonly id: string; readonly person: ReadPerson }[];
  readonly update: readonly { readonly patient: Patient; readonly person: ReadPerson }[];
  /** People of the file of whom the list says all that the file says. */
  readonly same: readonly { readonly patient: Patient; readonly person: ReadPerson }[];
  readonly report: readonly ReportRow[];
};

/** What is known of the whole file when a batch is decided. */
export type FileFacts = {
  /** Every NHS number in it. */
  readonly numbers: ReadonlySet<string>;
  readonly wholeList: boolean;
};

/** More people than this with one number in one file is a fault of the file. */
const MOST_SHARING = 5;

const OTHER_NUMBER =
  'Somebody with this name and date of birth is on the list with another NHS number. Find out whether it is the same person';

/** Decides what each row of a batch means for the list as it is. Changes nothing. `newId` makes random references. */
export function matchBatch(batch: Batch, known: KnownPeople, file: FileFacts, newId: () => string): Plan {
  const plan = {
    add: [] as Plan['add'][number][],
    update: [] as Plan['update'][number][],
    same: [] as Plan['same'][number][],
  };
  const report: ReportRow[] = batch.rows
    .filter((row) => !row.ok)
    .map((row) => ({
      row: row.row,
      outcome: row.hasLeft ? 'left' : 'refused',
      reason: row.reason,
      patientId: (row.hasLeft ? known.surely(row) : known.meantBy(row))?.id ?? null,
    }));
  const moved = new Set<Patient>();

  for (const [nhsNumber, people] of batch.people) {
    const listed = known.withNumber(nhsNumber);
    if (people.length > MOST_SHARING) {
      const reason = `${people.length} people in the file have this NHS number.`;
      report.push(...people.flatMap((filed) => refusedLines(filed, reason, listed[0]?.id ?? null)));
      continue;
    }
    const pairs = pairPeople(
      people.map(({ first }) => first.person),
      listed,
    );
    const found = people.map((filed, place): Found => {
      const patient = pairs[place];
      return patient ? { filed, patient } : findMoved(filed, known, file, moved);
    });
    const newOnNumber = found.filter(
      ({ patient, refused }) => !refused && !listed.some((one) => one === patient),
    );
    const isNumberShared = listed.length + newOnNumber.length > 1;
    for (const { filed, patient, refused } of found) {
      const { person } = filed.first;
      if (refused !== undefined) {
        report.push(...refusedLines(filed, refused, patient?.id ?? null));
      } else if (patient === undefined) {
        const id = newId();
        plan.add.push({ id, person });
        report.push(...linesOf(filed, id, undefined, isNumberShared));
      } else {
        const changes = changesOf(patient, person);
        (changes.length > 0 ? plan.update : plan.same).push({ patient, person });
        report.push(...linesOf(filed, patient.id, changes, isNumberShared));
      }
    }
  }
  return { ...plan, report };
}

/** Who a person of the file is on the list, if anybody; `refused` says why that cannot be known. */
type Found = { readonly filed: FilePerson; readonly patient?: Patient; readonly refused?: string };

/**
 * Somebody whose number is not on the list, or is other people's. A new NHS number carries a patient's objections
 * along: so one of the same names and birth, whose old number has gone from a whole list, is them. Where that cannot
 * be known the row is refused: who is not on the list is withheld.
 */
function findMoved(filed: FilePerson, known: KnownPeople, file: FileFacts, moved: Set<Patient>): Found {
  const alike = known.alike(filed.first.person).filter(({ nhsNumber }) => !file.numbers.has(nhsNumber));
  const [patient] = alike;
  if (patient === undefined) return { filed };
  if (!file.wholeList || alike.length > 1 || moved.has(patient)) {
    const how = file.wholeList ? '' : ', or import the whole list, which shows it';
    return { filed, patient, refused: `${OTHER_NUMBER}${how}.` };
  }
  moved.add(patient);
  return { filed, patient };
}
