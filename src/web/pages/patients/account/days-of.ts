import { londonDay, showMonth } from '../../../../day.ts';

/** The days of a month: `3, 10 (twice) and 17`. */
export type MonthOfDays = { readonly month: string; readonly days: string };

/** Instants as days, month by month, the last month first and its days ascending: a thousand still can be read. */
export function daysByMonth(instants: readonly Date[]): MonthOfDays[] {
  const months = new Map<string, Map<number, number>>();
  for (const day of instants.map(londonDay).sort()) {
    const [month, number] = [day.slice(0, 7), Number(day.slice(8))];
    const days = months.get(month) ?? new Map<number, number>();
    months.set(month, days);
    days.set(number, (days.get(number) ?? 0) + 1);
  }
  return [...months].reverse().map(([month, days]) => ({
    month: showMonth(month),
    days: listed([...days].map(([day, times]) => `${day}${timesWords(times)}`)),
  }));
}

function timesWords(times: number): string {
  if (times === 1) return '';
  return times === 2 ? ' (twice)' : ` (${times} times)`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
