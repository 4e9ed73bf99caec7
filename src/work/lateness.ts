import { monthAfter, workingDaysBetween } from '../working-days.ts';

/** Working days after which somebody has to look at what still waits. */
export const ALERT_AFTER = 5;

/** How late something is that waits: in time, to be looked at, or over the month in which it had to be done. */
export type Lateness = 'in-time' | 'alert' | 'breach';

/**
 * @param since the day from which on it waits, `YYYY-MM-DD` in London
 * @param today the day it is now
 */
export function latenessOf(since: string, today: string): Lateness {
  if (today > monthAfter(since)) return 'breach';
  return workingDaysBetween(since, today) >= ALERT_AFTER ? 'alert' : 'in-time';
}

/** The age of what waits, in words. */
export function ageWords(since: string, today: string): string {
  const days = Math.round((Date.parse(today) - Date.parse(since)) / 86_400_000);
  if (days <= 0) return 'today';
  return days === 1 ? '1 day' : `${days} days`;
}
