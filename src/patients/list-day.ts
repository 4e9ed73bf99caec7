import { isDay } from '../day.ts';

/** Which of the two numbers in 03/04/1980 is the day. */
export const dateOrders = ['day-first', 'month-first'] as const;
export type DateOrder = (typeof dateOrders)[number];

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

// 1985-03-07 (a time after it is dropped) · 07/03/1985, 7-3-1985, 07.03.1985 · 07-Mar-1985, 7 March 1985 · 19850307
const ISO = /^(\d{4})([-/.])(\d{2})\2(\d{2})(?:[T ].*)?$/;
const NUMBERS = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T ].*)?$/;
const NAMED = /^(\d{1,2})[ /.-]([a-z]{3,9})[ /.-](\d{4})(?:[T ].*)?$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;

/**
 * A day as systems of GP practices in England write it. `YYYY-MM-DD`, or undefined when it is none.
 *
 * @param order matters only to a day and a month that are both written as numbers, before the year
 */
export function readListDay(cell: string, order: DateOrder = 'day-first'): string | undefined {
  const iso = ISO.exec(cell);
  if (iso) return real(iso[1], iso[3], iso[4]);
  const compact = COMPACT.exec(cell);
  if (compact) return real(compact[1], compact[2], compact[3]);
  const numbers = NUMBERS.exec(cell);
  if (numbers) {
    const [, first, second, year] = numbers;
    return order === 'day-first' ? real(year, second, first) : real(year, first, second);
  }
  const named = NAMED.exec(cell);
  const month = named ? monthOf(named[2] ?? '') : 0;
  return named && month > 0 ? real(named[3], String(month), named[1]) : undefined;
}

/** 1 to 12 for `Mar`, `March`, `Sept`; 0 for anything else. */
function monthOf(word: string): number {
  return months.findIndex((month) => month.startsWith(word.toLowerCase())) + 1;
}

function real(year = '', month = '', day = ''): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : undefined;
}

/** The order of a whole file; or, where the file does not tell, a day of it that can be read in two ways. */
export type OrderFound =
  | { readonly order: DateOrder }
  | { readonly order: undefined; readonly example: string };

/**
 * Decides the order of day and month for all days of a file together: one day after the 12th of a month tells it for
 * every other. Nothing is guessed: a file without such a day, or with days of both kinds, has to be asked about.
 */
export function findDateOrder(cells: Iterable<string>): OrderFound {
  let [isDayFirst, isMonthFirst] = [false, false];
  let example: string | undefined;
  for (const cell of cells) {
    const [text, first, second] = NUMBERS.exec(cell.trim()) ?? [];
    if (text === undefined || Number(first) === Number(second)) continue;
    if (Number(first) > 12) isDayFirst = true;
    else if (Number(second) > 12) isMonthFirst = true;
    else example ??= /^\S+/.exec(text)?.[0];
  }
  if (example !== undefined && isDayFirst === isMonthFirst) return { order: undefined, example };
  return { order: isMonthFirst && !isDayFirst ? 'month-first' : 'day-first' };
}
