import { ageOn } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import type { WorkItem, WorkStore } from './work-store.ts';

/** The ages at which a young person is asked what they want: 13, from when they ask by themselves, and 16. */
export const askedAtAges = [13, 16] as const;
export type AskedAt = (typeof askedAtAges)[number];

/**
 * The age that somebody for whom a parent objected has come to since, and at which they are to be asked.
 *
 * @param objectedOn the day of the parent's last word, `YYYY-MM-DD`
 * @returns the last such age with the birthday; null when there is none, or the patient is of age
 */
export function birthdaySince(
  dateOfBirth: string,
  objectedOn: string,
  today: string,
): { readonly age: AskedAt; readonly on: string } | null {
  const now = ageOn(dateOfBirth, today);
  const age = askedAtAges.findLast((one) => now >= one);
  if (age === undefined || ageOn(dateOfBirth, objectedOn) >= age) return null;
  return { age, on: `${Number(dateOfBirth.slice(0, 4)) + age}${dateOfBirth.slice(4)}` };
}

export type BirthdayNote = {
  readonly practiceId: string;
  readonly patientId: string;
  readonly age: AskedAt;
};

export type BirthdayNoted =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'nothing-to-note' };

/** Notes that the young person was spoken to. What they want is recorded as any objection or withdrawal is. */
export function noteBirthday(
  store: WorkStore,
  { practiceId, patientId, age }: BirthdayNote,
  by: Actor,
  now: Date,
): Promise<BirthdayNoted> {
  return store.noteBirthday(practiceId, async (change): Promise<BirthdayNoted> => {
    if (!(await change.note(patientId, age, by, now))) return { ok: false, reason: 'nothing-to-note' };
    change.append('birthday-noted', by, { patient: patientId, age }, now);
    return { ok: true };
  });
}

/** What waits, as the page names it: the patient and the age. */
export const birthdayItem = (patientId: string, age: AskedAt, since: string): WorkItem => ({
  id: `${patientId} ${age}`,
  since,
});
