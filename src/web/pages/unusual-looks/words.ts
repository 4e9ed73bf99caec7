import { showDay, showInstant } from '../../../day.ts';
import type { LookOutcome, UnusualLook } from '../../../patients/unusual-look-store.ts';
import { AGAIN, MANY, type UnusualRule } from '../../../patients/unusual-looks.ts';

export const outcomeWords: Readonly<Record<LookOutcome, string>> = {
  explained: 'Explained',
  raised: 'Raised',
};

/** Why each is unusual, in a sentence; every one of them can be quite right. */
export const ruleWords: Readonly<Record<UnusualRule, { readonly title: string; readonly why: string }>> = {
  'own-name': { title: 'Own name', why: 'The patient has the name of the person who looked.' },
  'same-surname': {
    title: 'Same surname',
    why: 'The patient has the surname of the person who looked: a relative, or by chance.',
  },
  restricted: { title: 'Restricted record', why: 'The patient’s record is restricted.' },
  'many-patients': {
    title: 'Many patients in a short time',
    why: `At least ${MANY.patients} different patients in ${MANY.withinMinutes} minutes, with nothing written down about them.`,
  },
  'again-and-again': {
    title: 'Again and again',
    why: `The same patient at least ${AGAIN.visits} times in ${AGAIN.withinDays} days, with nothing written down.`,
  },
  'out-of-hours': {
    title: 'Out of hours',
    why: 'On a weekend or bank holiday, or before 7:30am or after 7pm.',
  },
};

const unit: Readonly<Record<string, string>> = { 'many-patients': 'patients', 'again-and-again': 'visits' };

/** 9:05pm */
const timeOf = (at: Date): string => showInstant(at).replace(/^.* at /, '');

/** How much, and when. */
export function measureWords({ rule, count, day, firstAt, lastAt }: UnusualLook): string {
  const many = count === 1 ? '1 look' : `${count} ${unit[rule] ?? 'looks'}`;
  const [from, to] = [timeOf(firstAt), timeOf(lastAt)];
  if (rule === 'again-and-again') return `${many} up to ${showDay(day)} at ${to}`;
  return `${many} on ${showDay(day)}, ${from === to ? `at ${from}` : `${from} to ${to}`}`;
}
