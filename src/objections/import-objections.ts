import { createHash, randomUUID } from 'node:crypto';
import { londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import { addPerson } from '../patients/record-person.ts';
import { type Importing, importRow, type RowOutcome, unchanged } from './import-row.ts';
import type { ImportChange, ImportCounts, ImportStore } from './import-store.ts';
import type { PatientFacts } from './objection-store.ts';
import { isRefused, type ObjectionRow, type RefusedRow, readObjectionFile } from './read-objection-file.ts';
import { noteTakenIn } from './take-in-objections.ts';

/** Rows of one transaction, so that the server can write in between. */
const ROWS_AT_ONCE = 500;

export type ObjectionFile = {
  readonly practiceId: string;
  readonly madeUp: boolean;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly confirmWithdrawals: boolean;
};

export type Imported =
  | {
      readonly ok: true;
      readonly counts: ImportCounts;
      readonly refused: readonly RefusedRow[];
      /** Whether no objection of the file was left out. */
      readonly allTaken: boolean;
    }
  | { readonly ok: false; readonly reason: string };

type Tally = { -readonly [Name in keyof ImportCounts]: number };

/**
 * Takes in the objections that were recorded elsewhere before. Every row is an act of its own, with its entry; what is
 * there already is left as it is, so that a file can be taken in again. When every objection of the file could be
 * taken, the practice counts as having taken in what was there before.
 *
 * @returns not ok, with words for a person, when the file cannot be read at all; then nothing was taken
 */
export async function importObjections(
  store: ImportStore,
  file: ObjectionFile,
  by: Actor,
  now: Date,
): Promise<Imported> {
  const read = await readObjectionFile(file.bytes, file);
  if (!read.ok) return { ok: false, reason: read.fault };
  const { confirmWithdrawals } = file;
  const importing = { importId: randomUUID(), by, now, today: londonDay(now), confirmWithdrawals };
  const refused = read.rows.filter(isRefused);
  const tally = emptyTally(read.rows.length);
  const rows = read.rows.filter((row) => !isRefused(row)) as ObjectionRow[];
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE);
    const done = await store.change(file.practiceId, (change) => importSome(change, some, importing));
    for (const name of Object.keys(done.tally) as (keyof Tally)[]) tally[name] += done.tally[name];
    refused.push(...done.refused);
  }
  refused.sort((one, other) => one.row - other.row);
  const counts = { ...tally, refused: refused.length };
  const allTaken = refused.every(({ act }) => act === 'withdraw');
  await store.change(file.practiceId, async (change) => {
    const { importId: id } = importing;
    const fileDigest = createHash('sha256').update(file.bytes).digest('hex');
    const { unchanged: _, unlisted: __, ...kept } = counts;
    await change.keepImport({ ...kept, id, fileName: file.fileName, fileDigest, at: now, by });
    change.append('objections-imported', by, { import: id, file: fileDigest, ...counts }, now);
    if (allTaken) await noteTakenIn(change, 'imported', by, now);
  });
  return { ok: true, counts, refused, allTaken };
}

async function importSome(
  change: ImportChange,
  rows: readonly ObjectionRow[],
  importing: Importing,
): Promise<{ tally: Tally; refused: RefusedRow[] }> {
  const patients = [...(await change.withNumbers([...new Set(rows.map(({ nhsNumber }) => nhsNumber))]))];
  const tally = emptyTally(0);
  const refused: RefusedRow[] = [];
  for (const row of rows) {
    const people = patients.filter(({ nhsNumber }) => nhsNumber === row.nhsNumber);
    if (people.length === 0 && row.act === 'record') {
      const stranger = await addStranger(change, row.nhsNumber, importing);
      patients.push(stranger);
      people.push(stranger);
      tally.unlisted += 1;
    }
    const outcome = await importFor(change, row, people, importing);
    if ('fault' in outcome) refused.push({ row: row.row, act: row.act, fault: outcome.fault });
    else tally[outcome.done] += 1;
    if ('undated' in outcome && outcome.undated) tally.undated += 1;
  }
  const { importId, by, now } = importing;
  if (tally.waiting > 0)
    change.append('withdrawals-put-aside', by, { import: importId, count: tally.waiting }, now);
  return { tally, refused };
}

/**
 * Keeps a number that nobody on the list has, so that the objection is there when somebody with it joins. Of the person
 * nothing else is known; they are to be matched.
 */
async function addStranger(change: ImportChange, nhsNumber: string, { by, now }: Importing) {
  const nothingKnown = { givenName: '', familyName: '', dateOfBirth: '' };
  const { id, dateOfBirth } = await addPerson(change, { ...nothingKnown, nhsNumber }, by, now);
  return { id, dateOfBirth, nhsNumber };
}

/** Takes in a row for everybody who has its number: an objection of either of two holds for both. */
async function importFor(
  change: ImportChange,
  row: ObjectionRow,
  people: readonly PatientFacts[],
  importing: Importing,
): Promise<RowOutcome> {
  if (people.length === 0) return { fault: 'Nobody on the practice’s list has this NHS number' };
  if (people.length > 1 && row.act === 'withdraw')
    return { fault: 'Two patients on the list have this NHS number: withdraw on the page of the right one' };
  let outcome: RowOutcome = unchanged;
  for (const patient of people) {
    const one = await importRow(change, row, patient, importing);
    if ('fault' in one || one.done !== 'unchanged') outcome = one;
  }
  return outcome;
}

function emptyTally(rows: number): Tally {
  return {
    rows,
    recorded: 0,
    confirmed: 0,
    withdrawn: 0,
    waiting: 0,
    unchanged: 0,
    refused: 0,
    undated: 0,
    unlisted: 0,
  };
}
