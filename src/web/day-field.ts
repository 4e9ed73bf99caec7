import { z } from 'zod';

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
/** The boxes of a date. */
export const dayParts = ['day', 'month', 'year'] as const;

/** Nothing but one or two digits: not `1e1`, `0x1` or `1.0`. */
const wholeNumber = (typed: string): number => (/^\d{1,2}$/.test(typed) ? Number(typed) : Number.NaN);

/** A number, or a name of at least three letters: `Mar`, `Sept`, `December`. */
function monthNumber(typed: string): number {
  const named = typed.length >= 3 ? months.findIndex((month) => month.startsWith(typed.toLowerCase())) : -1;
  return named >= 0 ? named + 1 : wholeNumber(typed);
}

/** @returns the day as `YYYY-MM-DD`, or nothing when no calendar has it. */
function realDay(year: number, month: number, day: number): string | undefined {
  if (!Number.isInteger(month) || !Number.isInteger(day) || year < 1000) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.toISOString().slice(0, 10)
    : undefined;
}

/**
 * A date typed in three boxes, as `YYYY-MM-DD`. Month names are taken. Each fault points to the first box at fault.
 * Wording: NHS digital service manual, "Dates".
 * @param name what the date is, to begin the sentence: "Date of birth"
 * @param empty what to say when nothing was typed: "Enter the patient's date of birth"
 */
export function dayField(name: string, empty: string) {
  const box = z.string().trim().catch('').optional().default('');
  return z
    .object({ day: box, month: box, year: box })
    .catch({ day: '', month: '', year: '' })
    .transform((typed, context) => {
      const missing = dayParts.filter((part) => !typed[part]);
      const fault = (part: string, message: string) => {
        context.addIssue({ code: 'custom', path: [part], message });
        return z.NEVER;
      };
      if (missing.length === 3) return fault('day', empty);
      if (missing[0]) return fault(missing[0], `${name} must include a ${missing.join(' and ')}`);
      if (!/^\d{4}$/.test(typed.year)) return fault('year', `Year of ${lower(name)} must include 4 numbers`);
      const day = realDay(Number(typed.year), monthNumber(typed.month), wholeNumber(typed.day));
      return day ?? fault('day', `${name} must be a real date`);
    });
}

/** One that may be left out: null then. */
export function optionalDay(name: string) {
  const typed = dayField(name, '');
  const isEmpty = (boxes: unknown) =>
    Object.values(boxes ?? {}).every((box) => typeof box === 'string' && box.trim() === '');
  return z
    .unknown()
    .optional()
    .transform((boxes, context): string | null => {
      if (isEmpty(boxes)) return null;
      const read = typed.safeParse(boxes);
      if (read.success) return read.data;
      for (const { path, message } of read.error.issues) context.addIssue({ code: 'custom', path, message });
      return z.NEVER;
    });
}

/** A day, `YYYY-MM-DD`, in the three boxes of a field: as first values of a form. Null leaves them empty. */
export function dayValues(name: string, day: string | null): Record<string, string> {
  const [year = '', month = '', date = ''] =
    day === null ? [] : day.split('-').map((part) => String(Number(part)));
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
}

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
