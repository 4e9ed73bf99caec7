import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import type { ConsentChange, ConsentingPatient, ConsentStore } from './consent-store.ts';
import { type ConsentRow, isRefused, type RefusedConsent, readConsentFile } from './read-consent-file.ts';
import { type ConsentFault, recordWithin } from './record-consent.ts';

/** Rows of one transaction, so that the server can write in between. */
const ROWS_AT_ONCE = 500;

export type ConsentFile = {
  readonly practiceId: string;
  readonly madeUp: boolean;
  readonly extractId: string;
  readonly bytes: Buffer;
};

export type ConsentsImported =
  | {
      readonly ok: true;
      readonly counts: { readonly rows: number; readonly recorded: number; readonly unchanged: number };
      readonly refused: readonly RefusedConsent[];
    }
  | { readonly ok: false; readonly reason: string };

const words: Readonly<Record<ConsentFault, string>> = {
  'no-such-patient': 'Nobody on the practice’s list has this NHS number',
  'no-consent-asked': 'The extract does not ask for consent',
  'not-a-day': 'The day has to be one such as 2024-03-01',
  'in-future': 'The day is in the future',
  'before-birth': 'The day is before the patient was born',
  'no-reference': 'The reference to the evidence is missing',
  'said-otherwise-that-day':
    'On that day the patient objected or withdrew too: ask, and record the consent on the patient’s page',
};

/**
 * Takes in patients' consents to one extract. Every row is an act of its own, with its entry; what is there already is
 * left as it is, so that a file can be taken in again.
 *
 * @returns not ok, with words for a person, when the file cannot be read at all; then nothing was taken
 */
export async function importConsents(
  store: ConsentStore,
  { practiceId, extractId, bytes, madeUp }: ConsentFile,
  by: Actor,
  now: Date,
): Promise<ConsentsImported> {
  const read = await readConsentFile(bytes, { madeUp });
  if (!read.ok) return { ok: false, reason: read.fault };
  if (!(await store.change(practiceId, (change) => change.asksForConsent(extractId))))
    return { ok: false, reason: 'The practice has no extract of this name that asks for consent.' };
  const importId = randomUUID();
  const refused = read.rows.filter(isRefused);
  const rows = read.rows.filter((row): row is ConsentRow => !isRefused(row));
  const counts = { rows: read.rows.length, recorded: 0, unchanged: 0 };
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE);
    const done = await store.change(practiceId, (change) =>
      importSome(change, some, { extractId, importId, by, now }),
    );
    counts.recorded += done.recorded;
    counts.unchanged += done.unchanged;
    refused.push(...done.refused);
  }
  refused.sort((one, other) => one.row - other.row);
  await store.change(practiceId, async (change) => {
    const file = createHash('sha256').update(bytes).digest('hex');
    const data = { import: importId, extract: extractId, file, ...counts, refused: refused.length };
    change.append('consents-imported', by, data, now);
  });
  return { ok: true, counts, refused };
}

type Importing = {
  readonly extractId: string;
  readonly importId: string;
  readonly by: Actor;
  readonly now: Date;
};

async function importSome(
  change: ConsentChange,
  rows: readonly ConsentRow[],
  { extractId, importId, by, now }: Importing,
) {
  const patients = await change.withNumbers([...new Set(rows.map(({ nhsNumber }) => nhsNumber))]);
  const tally = { recorded: 0, unchanged: 0, refused: [] as RefusedConsent[] };
  for (const { row, nhsNumber, ...told } of rows) {
    const patient = onePerson(patients.filter((one) => one.nhsNumber === nhsNumber));
    if ('fault' in patient) {
      tally.refused.push({ row, fault: patient.fault });
      continue;
    }
    const done = await recordWithin(change, patient, { ...told, extractId, importId }, by, now);
    if (!done.ok) tally.refused.push({ row, fault: words[done.reason] });
    else if (done.isNew) tally.recorded += 1;
    else tally.unchanged += 1;
  }
  return tally;
}

/** Whose consent it is cannot be told where two people have one number. */
function onePerson(found: readonly ConsentingPatient[]): ConsentingPatient | { readonly fault: string } {
  const [first] = found;
  if (first === undefined) return { fault: words['no-such-patient'] };
  const people = new Set(found.map(({ id, personId }) => personId ?? id));
  return people.size === 1 ? first : { fault: 'Two patients on the list have this NHS number' };
}
