import { addDays, isDay } from '../day.ts';

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

/**
 * Reads a chosen period. Either day may be missing: then it is the one of the last twelve months.
 * @returns what is wrong, in words for the person who typed it, by field
 */
export function readPeriod(
  from: string | undefined,
  to: string | undefined,
  today: string,
): { ok: true; period: Period } | { ok: false; field: 'from' | 'to'; text: string } {
  const usual = lastTwelveMonths(today);
  const period = { from: from || usual.from, to: to || usual.to };
  if (!isDay(period.from))
    return { ok: false, field: 'from', text: 'From must be a real day, such as 2026-01-31' };
  if (!isDay(period.to)) return { ok: false, field: 'to', text: 'To must be a real day, such as 2026-01-31' };
  if (period.to < period.from)
    return { ok: false, field: 'to', text: 'To must be the same day as From, or later' };
  if (period.to > today) return { ok: false, field: 'to', text: 'To must be today or in the past' };
  if (period.from < '2000-01-01')
    return { ok: false, field: 'from', text: 'From must be 1 January 2000 or later' };
  return { ok: true, period };
}
