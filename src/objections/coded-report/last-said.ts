import { TYPE_2_ENDED } from '../national-opt-out.ts';
import type { CodedEntry } from './read-coded-report.ts';

/** What the clinical record last says of an objection of one type. */
export type LastSaid = {
  readonly meaning: CodedEntry['meaning'];
  /** `YYYY-MM-DD`; null: the entry that decides has no usable day. */
  readonly on: string | null;
  /** The row that says so. */
  readonly row: number;
  /** A type 2 objection of after its end, or of which nobody can say that it was before. */
  readonly isLate: boolean;
};

/**
 * What the entries of one patient and type come to: the latest day counts, and on one day the objection. An objection
 * without a usable day stands beside any withdrawal; a withdrawal without one lifts nothing.
 *
 * @param entries in any order
 * @param birth `YYYY-MM-DD`, '' when not known
 * @param today in London, `YYYY-MM-DD`
 * @returns null when there are none
 */
export function lastSaid(entries: readonly CodedEntry[], birth: string, today: string): LastSaid | null {
  const usable = (day: string | null) => (day !== null && day >= birth && day <= today ? day : null);
  const read = entries.map((entry) => ({ ...entry, on: usable(entry.on) }));
  const dated = read.filter(({ on }) => on !== null).reduce<CodedEntry | null>(later, null);
  // Of several without a day, the one that was keyed first: so early at least the patient had objected.
  const keyed = ({ enteredOn }: CodedEntry) => usable(enteredOn) ?? '9999';
  const undated = read
    .filter(({ on }) => on === null)
    .sort((one, other) => (keyed(one) < keyed(other) ? -1 : keyed(one) > keyed(other) ? 1 : 0));
  const last =
    dated?.meaning === 'dissent' ? dated : (undated.find(isDissent) ?? dated ?? undated[0] ?? null);
  if (last === null) return null;
  const { type, meaning, on, row, enteredOn } = last;
  const day = on ?? usable(enteredOn);
  const isLate = type === 'type-2' && meaning === 'dissent' && (day === null || day > TYPE_2_ENDED);
  return { meaning, on, row, isLate };
}

/** Of two entries with a day, the one that counts; of two that say the same on one day, the first in the report. */
function later(best: CodedEntry | null, one: CodedEntry): CodedEntry {
  const [before, after] = [best?.on ?? '', one.on ?? ''];
  if (best === null || after > before) return one;
  return after === before && isDissent(one) && !isDissent(best) ? one : best;
}

const isDissent = ({ meaning }: CodedEntry): boolean => meaning === 'dissent';
