import { addDays } from '../day.ts';

/** How long something took, or has taken so far, against what the practice aims at: the same working day. */
export const latenesses = ['same-day', 'in-time', 'alert', 'breach'] as const;
export type Lateness = (typeof latenesses)[number];

/** After so many working days somebody is alerted. */
const ALERT = 5;

/**
 * @param from the day on which the patient told the practice
 * @param to the day on which it was done; today, when it was not done yet
 * @returns `breach` after more than a month (UK GDPR, article 12), `alert` after more than five working days
 */
export function lateness(from: string, to: string): Lateness {
  if (to <= from) return 'same-day';
  if (to > monthLater(from)) return 'breach';
  return workingDays(from, to) > ALERT ? 'alert' : 'in-time';
}

/** The same day of the next month, or its last day where it has no such. */
function monthLater(day: string): string {
  const nextMonth = addDays(`${day.slice(0, 7)}-01`, 31).slice(0, 7);
  const last = addDays(addDays(`${nextMonth}-01`, 31).slice(0, 7).concat('-01'), -1);
  const same = `${nextMonth}-${day.slice(8)}`;
  return same < last ? same : last;
}

/** Working days after `from`, to the one of `to`. */
function workingDays(from: string, to: string): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) count += 1;
  }
  return count;
}
