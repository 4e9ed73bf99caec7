import { createHash, randomUUID } from 'node:crypto';
import { londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import { isRefused, type RefusedResult, type ResultRow, readResultFile } from './read-result-file.ts';
import { resultOf } from './result-words.ts';
import { RUN_PORTION } from './run.ts';
import type { Attempt, TellingChange, TellingStore } from './telling-store.ts';
import { appended, type RecordedTelling } from './told-entry.ts';

export type ResultFile = { readonly practiceId: string; readonly bytes: Buffer };

export type ResultCounts = {
  readonly rows: number;
  readonly delivered: number;
  /** Bounced or returned. */
  readonly failed: number;
  /** Was known already. */
  readonly unchanged: number;
  /** The file says only that it is under way. */
  readonly pending: number;
  /** Of those taken, how many had a day before the one on which their batch was noted as sent: they count from that one. */
  readonly early: number;
};

export type ResultsImported =
  | { readonly ok: true; readonly counts: ResultCounts; readonly refused: readonly RefusedResult[] }
  | { readonly ok: false; readonly reason: string };

/**
 * Takes in what came of batches, as the messaging system or the post tells it. Every row is an act of its own, with its
 * entry; what is known already is left as it is, so that a file can be taken in again.
 *
 * @returns not ok, with words for a person, when the file cannot be read at all; then nothing was taken
 */
export async function importResults(
  store: TellingStore,
  { practiceId, bytes }: ResultFile,
  by: Actor,
  now: Date,
): Promise<ResultsImported> {
  const read = await readResultFile(bytes);
  if (!read.ok) return { ok: false, reason: read.fault };
  const refused = read.rows.filter(isRefused);
  const rows = read.rows.filter((row): row is ResultRow => !isRefused(row));
  const counts = { rows: read.rows.length, delivered: 0, failed: 0, unchanged: 0, pending: 0, early: 0 };
  for (let from = 0; from < rows.length; from += RUN_PORTION) {
    const some = rows.slice(from, from + RUN_PORTION);
    const done = await store.change(practiceId, (change) => takeSome(change, some, by, now));
    refused.push(...done.refused);
    for (const what of done.taken) counts[what] += 1;
    counts.early += done.early;
  }
  refused.sort((one, other) => one.row - other.row);
  await store.change(practiceId, async (change) => {
    const file = createHash('sha256').update(bytes).digest('hex');
    const data = { import: randomUUID(), file, ...counts, refused: refused.length };
    change.append('notice-results-imported', by, data, now);
  });
  return { ok: true, counts, refused };
}

type Taken = 'delivered' | 'failed' | 'unchanged' | 'pending';

async function takeSome(change: TellingChange, rows: readonly ResultRow[], by: Actor, now: Date) {
  const attempts = await change.attempts([...new Set(rows.map(({ reference }) => reference))]);
  const acts: RecordedTelling[] = [];
  const taken: Taken[] = [];
  const refused: RefusedResult[] = [];
  let early = 0;
  const known = new Map(
    [...attempts].map(([id, { acts: own }]) => [id, new Set(own.map((act) => act.outcome))]),
  );
  for (const row of rows) {
    const attempt = attempts.get(row.reference);
    const fault = faultOf(row, attempt, londonDay(now));
    const result = attempt && resultOf(row.result, attempt.how);
    if (fault !== undefined || attempt === undefined || result === undefined) {
      refused.push({ row: row.row, fault: fault ?? 'The result is a word that we do not know' });
      continue;
    }
    const before = known.get(row.reference);
    if (result === 'pending') taken.push('pending');
    else if (before?.has(result)) taken.push('unchanged');
    else {
      const { acts: own, leftOut: _, ...of } = attempt;
      // Nobody counts as told before the day that the practice itself gives; clocks and days of noting differ.
      const sentOn = own.find(({ outcome }) => outcome === 'sent')?.on ?? row.on;
      const on = row.on < sentOn ? sentOn : row.on;
      if (on !== row.on) early += 1;
      acts.push(appended(change, { ...of, outcome: result, on }, by, now));
      before?.add(result);
      taken.push(result === 'delivered' ? 'delivered' : 'failed');
    }
  }
  await change.save(acts);
  return { taken, refused, early };
}

function faultOf(row: ResultRow, attempt: Attempt | undefined, today: string): string | undefined {
  if (attempt === undefined) return 'Nothing was sent under this reference';
  const sent = attempt.acts.find(({ outcome }) => outcome === 'sent');
  if (sent === undefined)
    return attempt.leftOut === null
      ? 'Its batch is not noted as sent: note that first'
      : 'They were left out of the batch: nothing was sent to them';
  return row.on > today ? 'The date is in the future' : undefined;
}
