const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const TIME = String.raw`(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?`;
const ISO = new RegExp(`^(\\d{4})-(\\d{2})-(\\d{2})${TIME}$`);
const BRITISH = new RegExp(`^(\\d{2})/(\\d{2})/(\\d{4})${TIME}$`);
const NAMED_MONTH = new RegExp(`^(\\d{2})-([A-Za-z]{3})-(\\d{4})${TIME}$`);

/**
 * The year and month of a date as clinical systems write it: `2024-05-06`, `06/05/2024` or `06-May-2024`, each also
 * with a time. The day is the one written, whatever the time zone.
 *
 * @returns `year` and `month` with four and two digits; undefined when it is no day of the calendar
 */
export function readMonth(text: string): { year: string; month: string } | undefined {
  const [, year, month, day] = inOrder(text.trim());
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
  return exists ? { year, month } : undefined;
}

function inOrder(text: string): (string | undefined)[] {
  const iso = ISO.exec(text);
  if (iso) return [...iso];
  const british = BRITISH.exec(text);
  if (british) return [text, british[3], british[2], british[1]];
  const named = NAMED_MONTH.exec(text);
  if (!named) return [];
  const month = MONTHS.indexOf((named[2] as string).toLowerCase()) + 1;
  return [text, named[3], String(month).padStart(2, '0'), named[1]];
}
