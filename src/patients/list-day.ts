import { isDay } from '../day.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

// 1985-03-07 (a time after it is dropped) · 07/03/1985, 7-3-1985, 07.03.1985 · 07-Mar-1985, 7 March 1985 · 19850307
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/;
const NUMBERS = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?$/;
const NAMED = /^(\d{1,2})[ -]([a-z]{3,9})[ -](\d{4})(?: .*)?$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;

/** A day as systems of GP practices in England write it: day first. `YYYY-MM-DD`, or undefined when it is none. */
export function readListDay(cell: string): string | undefined {
  const year = ISO.exec(cell) ?? COMPACT.exec(cell);
  if (year) return real(year[1], year[2], year[3]);
  const numbers = NUMBERS.exec(cell);
  if (numbers) return real(numbers[3], numbers[2], numbers[1]);
  const named = NAMED.exec(cell);
  const month = months.indexOf((named?.[2] ?? '').slice(0, 3).toLowerCase()) + 1;
  return named && month > 0 ? real(named[3], String(month), named[1]) : undefined;
}

function real(year = '', month = '', day = ''): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : undefined;
}

/**
 * Whether dates are written month first, the American way: some can only be read so, and none the other way. Then
 * 03/04/1980 would be read as another day, and no row would say so.
 */
export function areMonthFirst(cells: readonly string[]): boolean {
  const pairs = cells.flatMap((cell) => {
    const [, first, second] = NUMBERS.exec(cell) ?? [];
    return first && second ? [[Number(first), Number(second)] as const] : [];
  });
  return pairs.some(([first, second]) => first <= 12 && second > 12) && !pairs.some(([first]) => first > 12);
}
