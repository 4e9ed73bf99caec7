import { addDays } from './day.ts';

/**
 * Changes of bank holidays in England by royal proclamation, which no rule can know; a new one is added here.
 * Source: gov.uk/bank-holidays, looked up in November 2026.
 */
const exceptions: readonly { readonly day: string; readonly isHoliday: boolean; readonly why: string }[] = [
  { day: '2020-05-04', isHoliday: false, why: 'Moved to VE Day' },
  { day: '2020-05-08', isHoliday: true, why: 'VE Day, 75 years on' },
  { day: '2022-05-30', isHoliday: false, why: 'Spring bank holiday moved to June' },
  { day: '2022-06-02', isHoliday: true, why: 'Spring bank holiday' },
  { day: '2022-06-03', isHoliday: true, why: 'Platinum Jubilee of Elizabeth II' },
  { day: '2022-09-19', isHoliday: true, why: 'State funeral of Elizabeth II' },
  { day: '2023-05-08', isHoliday: true, why: 'Coronation of Charles III' },
];

/** Whether people in England usually work on a day, `YYYY-MM-DD`: neither weekend nor bank holiday. */
export function isWorkingDay(day: string): boolean {
  return !isWeekend(day) && !bankHolidays(Number(day.slice(0, 4))).has(day);
}

/** How many working days there are after `from`, up to and including `to`; both London days, `YYYY-MM-DD`. */
export function workingDaysBetween(from: string, to: string): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1;
  return count;
}

/** The same day of the next month; the last of that month when it has no such day. */
export function monthAfter(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10);
}

const known = new Map<number, ReadonlySet<string>>();

/** The bank holidays of England and Wales in a year, by rule since 1978, and by proclamation. */
export function bankHolidays(year: number): ReadonlySet<string> {
  const before = known.get(year);
  if (before) return before;
  const easter = easterSunday(year);
  const days = new Set([
    nextWorkday(`${year}-01-01`),
    addDays(easter, -2),
    addDays(easter, 1),
    firstMonday(`${year}-05-01`),
    lastMonday(`${year}-05-31`),
    lastMonday(`${year}-08-31`),
    ...christmas(year),
  ]);
  for (const { day, isHoliday } of exceptions) {
    if (!isHoliday) days.delete(day);
    else if (day.startsWith(`${year}-`)) days.add(day);
  }
  known.set(year, days);
  return days;
}

/** Christmas Day and Boxing Day; what falls on a weekend is made up for on the next days. */
function christmas(year: number): string[] {
  const [day, boxing] = [`${year}-12-25`, `${year}-12-26`];
  const weekday = weekdayOf(day);
  if (weekday === FRIDAY) return [day, addDays(boxing, 2)];
  if (weekday === SATURDAY) return [addDays(day, 2), addDays(boxing, 2)];
  if (weekday === SUNDAY) return [boxing, addDays(day, 2)];
  return [day, boxing];
}

/** Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876, in Meeus, Astronomical Algorithms, chapter 8). */
function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const place = h + l - 7 * m + 114;
  return addDays(`${year}-0${Math.floor(place / 31)}-01`, place % 31);
}

const SUNDAY = 0;
const MONDAY = 1;
const FRIDAY = 5;
const SATURDAY = 6;

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
const isWeekend = (day: string): boolean => [SUNDAY, SATURDAY].includes(weekdayOf(day));
const nextWorkday = (day: string): string => (isWeekend(day) ? nextWorkday(addDays(day, 1)) : day);
const firstMonday = (day: string): string => (weekdayOf(day) === MONDAY ? day : firstMonday(addDays(day, 1)));
const lastMonday = (day: string): string => (weekdayOf(day) === MONDAY ? day : lastMonday(addDays(day, -1)));
