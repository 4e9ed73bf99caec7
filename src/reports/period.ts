import { addDays, daysBetween } from '../day.ts';

/** A stretch of days, both ends included, `YYYY-MM-DD` in Europe/London. */
export type Period = { readonly from: string; readonly to: string };

/** What a report shows when nobody has chosen: the last twelve months, to today. */
export function lastTwelveMonths(today: string): Period {
  const year = Number(today.slice(0, 4)) - 1;
  return {
    from: addDays(`${year}-${today.slice(5, 7)}-01`, 31)
      .slice(0, 8)
      .concat('01'),
    to: today,
  };
}

/** The period of as many days that ends on the day before this one begins. */
export function periodBefore({ from, to }: Period): Period {
  return { from: addDays(from, -daysBetween(from, to) - 1), to: addDays(from, -1) };
}

/**
 * Checks a chosen period of real days.
 * @returns what is wrong with it, in words for the person who chose it, and at which end; null when nothing is
 */
export function faultOf({ from, to }: Period, today: string): { field: 'from' | 'to'; text: string } | null {
  if (from < '2000-01-01') return { field: 'from', text: 'From must be 1 January 2000 or later' };
  if (to > today) return { field: 'to', text: 'To must be today or in the past' };
  if (to < from) return { field: 'to', text: 'To must be the same day as From, or later' };
  return null;
}
